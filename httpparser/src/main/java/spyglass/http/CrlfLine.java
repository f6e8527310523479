package spyglass.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Collects one line that ends with CR LF, byte by byte. */
final class CrlfLine {

  /** What a byte made of the line. */
  enum Result {
    MORE,
    WHOLE,
    TOO_LONG,
    ILLEGAL
  }

  private static final byte[] NOTHING = new byte[0];

  private final int limit;
  private byte[] bytes = NOTHING;
  private int length;
  private boolean cr;

  CrlfLine(int limit) {
    this.limit = limit;
  }

  Result add(byte b) {
    if (cr) {
      return b == '\n' ? Result.WHOLE : Result.ILLEGAL;
    }
    if (b == '\r') {
      cr = true;
      return Result.MORE;
    }
    if ((b >= 0 && b < ' ' && b != '\t') || b == 0x7f) {
      return Result.ILLEGAL;
    }
    if (length == limit) {
      return Result.TOO_LONG;
    }
    if (length == bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(16, length * 2));
    }
    bytes[length++] = b;
    return Result.MORE;
  }

  /** The line without its end; the next byte begins another. */
  String take() {
    String text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    length = 0;
    cr = false;
    return text;
  }
}
