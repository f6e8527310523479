package examples.dmq.channel;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Bytes for a client, written one after another into an array that grows and is used again. */
public final class Out {

  private static final int BEGIN = 4 << 10;

  private byte[] bytes = new byte[BEGIN];
  private int size;

  /** How many there are. */
  public int size() {
    return size;
  }

  /** Forgets them. */
  public void clear() {
    size = 0;
  }

  /** Forgets those behind a place. */
  public void cut(int place) {
    size = place;
  }

  /** A copy. */
  public byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }

  /** The array itself, for who writes at {@link #reserve}'s place. */
  public byte[] array() {
    return bytes;
  }

  /** Makes room for so many bytes and says where. */
  public int reserve(int count) {
    if (bytes.length - size < count) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + count));
    }
    int place = size;
    size += count;
    return place;
  }

  /** One byte. */
  public Out put(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
    return this;
  }

  /** Four bytes, the highest first. */
  public Out putInt(int value) {
    int at = reserve(Integer.BYTES);
    setInt(at, value);
    return this;
  }

  /** Eight bytes, the highest first. */
  public Out putLong(long value) {
    return putInt((int) (value >>> Integer.SIZE)).putInt((int) value);
  }

  /** Bytes as they are. */
  public Out put(byte[] from) {
    int at = reserve(from.length);
    System.arraycopy(from, 0, bytes, at, from.length);
    return this;
  }

  /** A text of at most 255 bytes, with its length before it. */
  public Out putName(String name) {
    byte[] text = name.getBytes(StandardCharsets.ISO_8859_1);
    return put(text.length).put(text);
  }

  /** Writes four bytes over others. */
  public void setInt(int at, int value) {
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }
}
