package spyglass.http.files;

import java.nio.charset.StandardCharsets;

/** Writes text into a URI. */
final class UriText {

  private static final String PLAIN = "-._~!$&'()*+,;=:@";

  private UriText() {}

  /** A decoded path segment, with everything escaped that is not plainly part of one. */
  static String encode(String segment) {
    StringBuilder out = new StringBuilder();
    for (byte b : segment.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0);
      append(out, c, plain);
    }
    return out.toString();
  }

  /** A query as it came, with only that escaped which no URI may hold. */
  static String keep(String query) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < query.length(); i++) {
      char c = query.charAt(i);
      append(out, c, c > ' ' && c < 0x7f);
    }
    return out.toString();
  }

  private static void append(StringBuilder out, char c, boolean plain) {
    out.append(plain ? String.valueOf(c) : String.format("%%%02X", (int) c));
  }
}
