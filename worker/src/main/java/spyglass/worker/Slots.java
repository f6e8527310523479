package spyglass.worker;

import java.util.concurrent.Semaphore;

/**
 * Leave to be in the app, for {@code --engine thread}: of virtual threads there are any number, so who
 * may call the app has to be counted apart.
 */
final class Slots implements Place {

  private final int most;
  private final Semaphore free;

  Slots(int most) {
    this.most = most;
    this.free = new Semaphore(most);
  }

  /** Waits for one. */
  void take() {
    free.acquireUninterruptibly();
  }

  void giveBack() {
    free.release();
  }

  boolean hasRoom() {
    return free.availablePermits() > 0;
  }

  /** How many wait for one, more or less. */
  int waiting() {
    return free.getQueueLength();
  }

  /** With one thread the app was promised to be called by one at a time, and nobody steps aside. */
  @Override
  public boolean stepAside() {
    if (most > 1) {
      giveBack();
    }
    return most > 1;
  }

  /** A virtual thread costs so little that any number may stand aside. */
  @Override
  public boolean isCrowded() {
    return false;
  }

  @Override
  public void stepBack() {
    take();
  }
}
