package spyglass.http;

import java.util.regex.Pattern;

/** The line before a chunk: a size and perhaps extensions (RFC 9112 section 7.1.1). */
final class ChunkSize {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
  private static final String QUOTED = "\"([^\"\\\\]|\\\\[^\n])*+\"";

  /** Extensions are legal and mean nothing to us, but they too must have only one reading. */
  private static final Pattern EXTENSIONS =
      Pattern.compile(
          "([ \t]*;[ \t]*" + TOKEN + "([ \t]*=[ \t]*(" + TOKEN + "|" + QUOTED + "))?)*+");

  /**
   * A larger size than sixteen digits hold is an overflow somewhere, if not here. Zeros before them
   * do not count: some programs write all sizes equally wide.
   */
  private static final int MOST_DIGITS = 15;

  private ChunkSize() {}

  /** The size, or -1 when the line is not legal. */
  static long parse(String line) {
    int zeros = 0;
    while (zeros < line.length() && line.charAt(zeros) == '0') {
      zeros++;
    }
    int digits = zeros;
    while (digits < line.length() && isHex(line.charAt(digits))) {
      digits++;
    }
    if (digits == 0 || digits - zeros > MOST_DIGITS) {
      return -1;
    }
    boolean legal = digits == line.length() || EXTENSIONS.matcher(line.substring(digits)).matches();
    return legal ? Long.parseLong(line, 0, digits, 16) : -1;
  }

  private static boolean isHex(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }
}
