package spyglass.worker;

import java.util.concurrent.TimeUnit;

/**
 * Whether an app answers so quickly that its calls are best made by the loop itself. What they take
 * is averaged over the last dozens that were measured, so that a slow one among many is nothing: one in
 * eight of the quick, and each that was so slow that another took over.
 *
 * <p>The loop's; the end of a long call may be told by another thread, and that is seen soon enough.
 */
final class Haste {

  /** Longer than this on the average, and another thread has the time it takes to hand over. */
  private static final long QUICK_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  /** No call counts for more: what is slow is not the slower for that. */
  private static final long MOST_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  /** After so long the app gets another chance. */
  private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int WEIGHT = 32;

  private volatile long average = QUICK_NANOS / 2;
  private volatile long againAt;

  /** A call took so long. */
  void took(long nanos) {
    long next = average + (Math.min(nanos, MOST_NANOS) - average) / WEIGHT;
    if (next > QUICK_NANOS) {
      againAt = System.nanoTime() + AGAIN_NANOS;
    }
    average = next;
  }

  /** A call took so long that it did not matter any more how long. */
  void tookLong() {
    took(MOST_NANOS);
  }

  /** Whether each is to be measured: a few slow ones in a row are soon too many. */
  boolean isInDoubt() {
    return average >= QUICK_NANOS / 2;
  }

  /** Whether the next one is likely to be quick. */
  boolean isInHaste() {
    if (average > QUICK_NANOS && System.nanoTime() - againAt >= 0) {
      average = QUICK_NANOS / 2;
    }
    return average <= QUICK_NANOS;
  }
}
