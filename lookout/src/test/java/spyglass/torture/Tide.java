package spyglass.torture;

import java.util.Random;

/**
 * High water and low water: all clients come while it is high and stay away while it is low, or the
 * server would never find the time to sleep. How long it is low is mostly about as long as the server
 * waits before it sleeps, give or take: what can go wrong goes wrong at that moment.
 */
final class Tide {

  private static final int SHORTEST_MILLIS = 300;
  private static final int LONGEST_HIGH_MILLIS = 3000;
  private static final int LONGEST_LOW_MILLIS = 4000;

  private boolean high = true;
  private boolean over;

  /** Comes and goes until it is {@link #end}ed. */
  synchronized void run(Random random) throws InterruptedException {
    while (!over) {
      int longest = high ? LONGEST_HIGH_MILLIS : LONGEST_LOW_MILLIS;
      pause(SHORTEST_MILLIS + random.nextInt(longest - SHORTEST_MILLIS));
      high = !high;
      notifyAll();
    }
  }

  private void pause(long millis) throws InterruptedException {
    long until = System.nanoTime() + millis * 1_000_000;
    long left = millis;
    while (!over && left > 0) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  /** Waits for high water; answers whether there will be any. */
  synchronized boolean await() throws InterruptedException {
    while (!high && !over) {
      wait();
    }
    return !over;
  }

  /** A rest of at most so long, which the end cuts short. */
  synchronized void rest(long millis) throws InterruptedException {
    pause(millis);
  }

  synchronized boolean isOver() {
    return over;
  }

  synchronized void end() {
    over = true;
    notifyAll();
  }
}
