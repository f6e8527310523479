package examples.dmq.wire;

import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A place in the bytes of requests. Moves from one to the next; nothing is copied, and a name that is the
 * same as the last time is the same object.
 */
final class Request {

  private final byte[] bytes;
  private int at;
  private int end;
  private byte[] lastName = new byte[0];
  private String last = "";

  Request(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Goes to the next request, which is whole; false when there is none. */
  boolean next() {
    at = end;
    if (at == bytes.length) {
      return false;
    }
    end = at + Code.BEFORE + number(bytes, at + 1);
    return true;
  }

  /** Its first byte. */
  byte code() {
    return bytes[at];
  }

  /** Goes behind its first bytes. */
  void enter() {
    at += Code.BEFORE;
  }

  byte[] bytes() {
    return bytes;
  }

  /** Where it is. */
  int at() {
    return at;
  }

  /** How much is left of it. */
  int left() {
    return end - at;
  }

  /** One byte. */
  int count() throws RefusedException {
    need(1);
    return bytes[at++] & 0xFF;
  }

  /** Four bytes. */
  int number() throws RefusedException {
    need(Integer.BYTES);
    at += Integer.BYTES;
    return number(bytes, at - Integer.BYTES);
  }

  /** Goes behind so many bytes, which must be there. */
  int skip(int count) throws RefusedException {
    need(count);
    at += count;
    return at - count;
  }

  /** A name with its length before it. */
  String name() throws RefusedException {
    int length = count();
    int from = skip(length);
    if (!Arrays.equals(bytes, from, from + length, lastName, 0, lastName.length)) {
      lastName = Arrays.copyOfRange(bytes, from, from + length);
      last = new String(lastName, StandardCharsets.ISO_8859_1);
    }
    return last;
  }

  /** Nothing may follow. */
  void end() throws RefusedException {
    if (left() != 0) {
      throw new RefusedException(Status.BAD, "the request has more bytes than it needs");
    }
  }

  private void need(int count) throws RefusedException {
    if (count < 0 || left() < count) {
      throw new RefusedException(Status.BAD, "the request has fewer bytes than it needs");
    }
  }

  /** Four bytes, the highest first. */
  static int number(byte[] bytes, int from) {
    return ((bytes[from] & 0xFF) << 24)
        | ((bytes[from + 1] & 0xFF) << 16)
        | ((bytes[from + 2] & 0xFF) << 8)
        | (bytes[from + 3] & 0xFF);
  }
}
