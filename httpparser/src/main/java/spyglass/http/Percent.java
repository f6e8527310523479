package spyglass.http;

import java.io.ByteArrayOutputStream;

/** Percent-escapes (RFC 3986 section 2.1), from Latin-1 characters back to the bytes they mean. */
final class Percent {

  private Percent() {}

  /** Whether two hexadecimal digits follow every percent sign. */
  static boolean wellFormed(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (escaped(text, i) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Decodes once; a percent sign without its two digits stands for itself. */
  static byte[] decode(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      int escaped = text.charAt(i) == '%' ? escaped(text, i) : -1;
      bytes.write(escaped < 0 ? text.charAt(i) : escaped);
      i += escaped < 0 ? 0 : 2;
    }
    return bytes.toByteArray();
  }

  /** The byte that the percent sign at {@code at} introduces, or -1. */
  private static int escaped(String text, int at) {
    if (at + 2 >= text.length()) {
      return -1;
    }
    int high = digit(text.charAt(at + 1));
    int low = digit(text.charAt(at + 2));
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }

  /** Not Character.digit, which takes the digits of every script. */
  private static int digit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
