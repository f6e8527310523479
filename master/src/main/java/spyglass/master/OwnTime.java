package spyglass.master;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A clock that stands still while its master does. Whoever stops a process (SIGSTOP), or has so much
 * else running that it does not get the CPU, takes time from it that nobody else may be blamed for: its
 * workers were not silent, it was deaf. So that time is left out.
 *
 * <p>A master asks for the time at least once a second; if it has not for four, it did not run.
 */
final class OwnTime {

  private static final long MOST = TimeUnit.SECONDS.toNanos(4);

  private final LongSupplier nanoTime;
  private long last;
  private long missed;
  private boolean stoodStill;

  /** Begins now; a test brings a clock of its own. */
  OwnTime(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    last = nanoTime.getAsLong();
  }

  /** The time, in nanoseconds from any beginning, as System.nanoTime has it. */
  long now() {
    long time = nanoTime.getAsLong();
    if (time - last > MOST) {
      missed += time - last;
      stoodStill = true;
    }
    last = time;
    return time - missed;
  }

  /** Whether it has stood still since this was asked last. */
  boolean hasStoodStill() {
    boolean was = stoodStill;
    stoodStill = false;
    return was;
  }
}
