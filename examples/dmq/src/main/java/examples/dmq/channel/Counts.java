package examples.dmq.channel;

import java.util.concurrent.atomic.LongAdder;

/** What was done on a channel, or on all, since the process began. Any thread. */
public final class Counts {

  private final LongAdder pushed = new LongAdder();
  private final LongAdder pushedBytes = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder takenBytes = new LongAdder();

  void push(int bytes) {
    pushed.increment();
    pushedBytes.add(bytes);
  }

  void take(int records, long bytes) {
    taken.add(records);
    takenBytes.add(bytes);
  }

  /** Records that came. */
  public long pushed() {
    return pushed.sum();
  }

  /** Bytes of the records that came. */
  public long pushedBytes() {
    return pushedBytes.sum();
  }

  /** Records that were handed out, by all subscribers together. */
  public long taken() {
    return taken.sum();
  }

  /** Bytes of these. */
  public long takenBytes() {
    return takenBytes.sum();
  }
}
