package examples.dmq.http;

import java.io.ByteArrayOutputStream;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A body that is gathered whole, since it is a record. All that are under way share so many bytes: a
 * thousand clients who each send almost all of one must not fill the heap.
 */
final class Gathering implements AutoCloseable {

  private final AtomicLong room;
  private final AtomicInteger held = new AtomicInteger();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /**
   * Nothing yet.
   *
   * @param room what there is for all together
   */
  Gathering(AtomicLong room) {
    this.room = room;
  }

  /** Takes some more; false when there is no room for it. */
  boolean add(byte[] from, int count) {
    if (room.addAndGet(-count) < 0) {
      room.addAndGet(count);
      return false;
    }
    held.addAndGet(count);
    bytes.write(from, 0, count);
    return true;
  }

  /** All of it. */
  byte[] bytes() {
    return bytes.toByteArray();
  }

  /** Gives its room back, once. Any thread. */
  @Override
  public void close() {
    room.addAndGet(held.getAndSet(0));
  }
}
