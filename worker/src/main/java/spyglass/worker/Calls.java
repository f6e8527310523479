package spyglass.worker;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import spyglass.process.Task;

/**
 * The calls that the leader of the loop makes, one after another, and who watches them. Each has a
 * number, which is odd; an even one stands for the time between two calls. When a call ends, either its
 * caller says so first, or who watches has taken over before, and both know which.
 */
final class Calls {

  /** No call. */
  static final long NONE = -1;

  /** How long a call may wait; to look more often would cost more than it is worth. */
  private static final long GLANCE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  /** How long it may compute, in glances. */
  private static final int PATIENCE = 5;

  private final AtomicLong current = new AtomicLong();
  private volatile Task leader = Task.UNKNOWN;
  private volatile @Nullable Thread watcher;
  private volatile boolean resting;
  private volatile boolean over;

  /** From now on the calls are this one's. */
  void led(Task task) {
    leader = task;
  }

  /** A call begins; its number. Leader only. */
  long begin() {
    long number = current.get() + 1;
    current.set(number);
    if (resting) {
      LockSupport.unpark(watcher);
    }
    return number;
  }

  /** The call ends. Whether its caller is still the leader. */
  boolean end(long number) {
    return current.compareAndSet(number, number + 1);
  }

  /** Whether the watcher is the leader from now on: the call has not ended yet. */
  boolean takeOver(long number) {
    return current.compareAndSet(number, number + 1);
  }

  /** There will be no more calls. */
  void end() {
    over = true;
    LockSupport.unpark(watcher);
  }

  /**
   * Waits until the leader stays in a call, and sleeps while there are no calls.
   *
   * @return its number, or {@link #NONE} when there will be no more
   */
  long awaitStuck() {
    watcher = Thread.currentThread();
    long last = NONE;
    int glances = 0;
    while (!over) {
      long seen = current.get();
      boolean inside = seen % 2 == 1;
      glances = seen == last ? glances + 1 : 0;
      last = seen;
      if (inside && glances > 0 && isStuck(glances)) {
        return seen;
      }
      if (inside || glances == 0) {
        glance();
      } else {
        rest(seen);
      }
    }
    return NONE;
  }

  /** One that waits stays where it is; one that computes, or waits for a processor, may be done soon. */
  private boolean isStuck(int glances) {
    return glances >= PATIENCE || !leader.isRunnable();
  }

  private void glance() {
    long until = System.nanoTime() + GLANCE_NANOS;
    for (long left = GLANCE_NANOS; left > 0 && !over; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
      // An app may have interrupted a thread that has called it.
      Thread.interrupted();
    }
  }

  private void rest(long seen) {
    resting = true;
    while (current.get() == seen && !over) {
      LockSupport.park(this);
      Thread.interrupted();
    }
    resting = false;
  }
}
