package examples.dmq.channel;

import java.time.Duration;

/** A consumer's place at a queue. Under the channel's lock. */
final class Seat {

  /** Who needs longer for a batch holds up nobody. */
  private static final long IN_TIME_NANOS = Duration.ofMillis(50).toNanos();

  /** What one that was late may make up for, in records. */
  private static final int ARREARS = 4096;

  private final Consumer consumer;
  private long handed;
  private boolean ready = true;
  private boolean stalled;
  private long since;

  /**
   * A newcomer.
   *
   * @param handed what the others have got: nobody makes up for what was before
   */
  Seat(Consumer consumer, long handed) {
    this.consumer = consumer;
    this.handed = handed;
  }

  Consumer consumer() {
    return consumer;
  }

  /** How many records it has got. */
  long handed() {
    return handed;
  }

  /** Whether it waits for a batch. */
  boolean isReady() {
    return ready;
  }

  /** Whether it has a batch, and will soon want another. One that has no room for a batch holds up nobody. */
  boolean isInTime() {
    return !ready && !stalled && System.nanoTime() - since < IN_TIME_NANOS;
  }

  /**
   * It wants another batch. What it was late with it may make up for, but not with all that a fast one has
   * got in an hour.
   *
   * @param most what the first of all has got
   */
  void wants(long most) {
    if (!ready && !stalled) {
      handed = Math.max(handed, most - ARREARS);
      ready = true;
    }
  }

  /** It has got a batch, or had no room for it. */
  void got(int count, boolean sent) {
    handed += count;
    ready = sent && consumer.wantsMore();
    stalled = !sent;
    since = System.nanoTime();
  }

  /** There may be room by now. */
  void retry(long most) {
    if (stalled) {
      stalled = false;
      wants(most);
    }
  }
}
