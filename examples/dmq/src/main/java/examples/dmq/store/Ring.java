package examples.dmq.store;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Records in a buffer of a fixed size that is there from the beginning, so that to keep one makes no
 * object. Each is its length in four bytes and then itself; one that reaches the end of the buffer goes on
 * at its beginning. Records begin at multiples of four, so a length is never cut.
 *
 * <p>The buffer lies outside of the heap: the collector neither moves nor counts it. Not for several
 * threads at once.
 */
final class Ring implements AutoCloseable {

  static final int LENGTH = 4;

  private final Arena arena = Arena.ofShared();
  private final ByteBuffer bytes;
  private final int size;

  /** Where the first record begins and the last one ends, counted since the beginning of time. */
  private long head;

  private long tail;
  private int records;

  /**
   * An empty one.
   *
   * @param size bytes, lengths included; a multiple of four
   * @throws OutOfMemoryError when there is not so much memory outside of the heap
   */
  Ring(int size) {
    this.size = size;
    ByteBuffer all;
    try {
      all = arena.allocate(size).asByteBuffer();
    } catch (OutOfMemoryError e) {
      arena.close();
      throw e;
    }
    this.bytes = all.order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What a record takes. */
  static int cost(int length) {
    return LENGTH + ((length + 3) & ~3);
  }

  /** Keeps a record, if there is room. */
  boolean put(byte[] from, int offset, int length) {
    if (cost(length) > size - (tail - head)) {
      return false;
    }
    int at = (int) (tail % size);
    bytes.putInt(at, length);
    int begin = (at + LENGTH) % size;
    int first = Math.min(length, size - begin);
    bytes.put(begin, from, offset, first);
    bytes.put(0, from, offset + first, length - first);
    tail += cost(length);
    records++;
    return true;
  }

  /** A record that can never be kept: the memory was larger when it came. Better told than that it waits. */
  void check(String queue, int length) throws IOException {
    if (cost(length) > size) {
      throw new IOException(queue + " has a record of " + length + " bytes: raise dmq.size");
    }
  }

  /** The length of the first record, or -1 when there is none. */
  int next() {
    return records == 0 ? -1 : bytes.getInt((int) (head % size));
  }

  /** Hands out the first record, which must be there, and forgets it. */
  void take(byte[] to, int offset) {
    int at = (int) (head % size);
    int length = bytes.getInt(at);
    int begin = (at + LENGTH) % size;
    int first = Math.min(length, size - begin);
    bytes.get(begin, to, offset, first);
    bytes.get(0, to, offset + first, length - first);
    head += cost(length);
    records--;
  }

  /** Where it stands now, for {@link #back}. */
  long mark() {
    return head;
  }

  /**
   * Has those records again that were taken last, if nothing was put since.
   *
   * @param mark where it stood before they were taken
   * @param count how many they were
   */
  void back(long mark, int count) {
    head = mark;
    records += count;
  }

  int records() {
    return records;
  }

  /** Bytes in use. */
  int used() {
    return (int) (tail - head);
  }

  int size() {
    return size;
  }

  /** Gives the memory back at once. */
  @Override
  public void close() {
    arena.close();
  }
}
