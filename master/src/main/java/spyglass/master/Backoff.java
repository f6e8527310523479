package spyglass.master;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before a dead worker is replaced. One that lived for a while is replaced at once,
 * and so is the first that did not; if the next dies young as well, something is wrong that a new
 * process will not mend, and starting one after the other would only burn the CPU.
 */
final class Backoff {

  private static final long YOUNG = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);

  private long delay;
  private long until;

  /** A worker born at one time died at another, which is now. */
  void died(long born, long now) {
    if (now - born >= YOUNG) {
      delay = 0;
    }
    until = now + delay;
    delay = delay == 0 ? TimeUnit.SECONDS.toNanos(1) : Math.min(delay * 2, LONGEST);
  }

  /** No worker is to be started before that time, for another reason. */
  void holdUntil(long time) {
    until = time;
  }

  /** How long until a worker may be started; 0 when it may. */
  long nanosLeft(long now) {
    return Math.max(0, until - now);
  }
}
