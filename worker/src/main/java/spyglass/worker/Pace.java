package spyglass.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Whether a client keeps up. It may stand still for a while, once or now and then; but all in all its
 * bytes must come, or be taken, at a least rate, or a few thousand clients who move one byte at a time
 * would hold every thread there is. Only the time spent waiting for the client counts.
 *
 * <p>Not for several threads at once.
 */
final class Pace {

  private final long stallNanos;
  private final long leastRate;
  private long bytes;
  private long waited;

  Pace(Duration stall, long leastRate) {
    this.stallNanos = stall.toNanos();
    this.leastRate = leastRate;
  }

  /** Another request: what was slow before is forgiven, and what was quick forgotten. */
  void begin() {
    bytes = 0;
    waited = 0;
  }

  /** Some bytes have moved. */
  void moved(long count) {
    bytes += count;
  }

  /** The client was waited for. */
  void waited(long nanos) {
    waited += nanos;
  }

  /**
   * How long the client may be waited for now. Never longer than a stall, whatever it has earned
   * before; zero when it has been too slow.
   */
  long patienceNanos() {
    if (leastRate == 0) {
      return stallNanos;
    }
    long earned = TimeUnit.SECONDS.toNanos(bytes / leastRate);
    return Math.clamp(Math.max(stallNanos, earned) - waited, 0, stallNanos);
  }
}
