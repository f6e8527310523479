package examples.dmq.channel;

import examples.dmq.store.Queue;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One queue and those who wait for its records. Consumers take turns: the next batch is for him who has got
 * the fewest records, and nobody is far ahead of one who asks again in time, be he ever so fast. Under its
 * channel's lock.
 */
public final class Line {

  /** So many records one may be ahead of another: some batches, so that nobody waits for every answer. */
  private static final int AHEAD = 256;

  private final Queue queue;
  private final Counts counts;
  private final List<Seat> seats = new ArrayList<>();
  private final Out out = new Out();

  Line(Queue queue, Counts counts) {
    this.queue = queue;
    this.counts = counts;
  }

  /** The records. */
  public Queue queue() {
    return queue;
  }

  /** Takes the first record, which has the length that {@link Queue#next} told. */
  public void take(Out to, int length) {
    int at = to.reserve(length);
    queue.take(to.array(), at);
    counts.take(1, length);
  }

  /** Somebody has got the first record by another way. */
  public void took(byte[] record) {
    queue.take(record, 0);
    counts.take(1, record.length);
  }

  /** How many consume from it. */
  public int consumers() {
    return seats.size();
  }

  /** Somebody wants a batch. */
  public void join(Consumer consumer) {
    for (Seat seat : seats) {
      if (seat.consumer().equals(consumer)) {
        seat.wants(most());
        return;
      }
    }
    seats.add(new Seat(consumer, most()));
  }

  private long most() {
    return seats.stream().mapToLong(Seat::handed).max().orElse(0);
  }

  /** Somebody wants no more. */
  public void leave(Consumer consumer) {
    seats.removeIf(seat -> seat.consumer().equals(consumer));
  }

  /** The queue is gone: nobody is to wait for its records. */
  void close() {
    List.copyOf(seats).forEach(seat -> seat.consumer().close());
  }

  /** Those whose way was full may have room by now. */
  void retry() {
    for (Seat seat : seats) {
      seat.retry(most());
    }
  }

  /** Sends what is there to those who wait for it. */
  void serve() throws IOException {
    Optional<Seat> next = next();
    while (next.isPresent() && queue.next() >= 0) {
      serve(next.get());
      next = next();
    }
  }

  private Optional<Seat> next() {
    return seats.stream()
        .filter(Seat::isReady)
        .min(Comparator.comparingLong(Seat::handed))
        .filter(seat -> room(seat) > 0);
  }

  /** How many records it may have before another who is in time has had his. */
  private long room(Seat seat) {
    OptionalLong least = seats.stream().filter(Seat::isInTime).mapToLong(Seat::handed).min();
    return least.isPresent() ? least.getAsLong() + AHEAD - seat.handed() : Long.MAX_VALUE;
  }

  private void serve(Seat seat) throws IOException {
    Consumer consumer = seat.consumer();
    Batch batch = gather(consumer, room(seat));
    boolean sent = send(consumer, batch);
    seat.got(sent ? batch.count() : 0, sent);
    queue.settle();
    counts.take(sent ? batch.count() : 0, sent ? batch.bytes() : 0);
  }

  /** What was taken for somebody: from where on, how many records, and their bytes. */
  private record Batch(long mark, int count, long bytes) {}

  private Batch gather(Consumer consumer, long room) {
    long mark = queue.mark();
    int count = 0;
    long bytes = 0;
    out.clear();
    consumer.begin(out);
    int length = queue.nextInMemory();
    while (length >= 0 && count < room && (count == 0 || out.size() + length < consumer.most())) {
      consumer.before(out, length);
      int at = out.reserve(length);
      queue.take(out.array(), at);
      consumer.after(out);
      count++;
      bytes += length;
      length = queue.nextInMemory();
    }
    consumer.end(out);
    return new Batch(mark, count, bytes);
  }

  private boolean send(Consumer consumer, Batch batch) throws IOException {
    boolean room = consumer.hasRoom(out.size());
    boolean sent = false;
    try {
      if (room) {
        // Known to be handed out before it is: else a restart would hand it out again. But not
        // before there is room: who ends here must not lose what nobody has got.
        queue.flush();
        sent = consumer.offer(out.copy());
      }
    } finally {
      if (!sent) {
        queue.back(batch.mark(), batch.count());
      }
    }
    if (room && !sent) {
      // He has gone in between.
      queue.flush();
    }
    return sent;
  }
}
