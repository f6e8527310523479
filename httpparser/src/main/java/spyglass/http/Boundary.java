package spyglass.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Cuts a stream at its boundary lines (RFC 2046 section 5.1.1). A line CR LF {@code --boundary}
 * ends what stands before it; the CR LF belongs to it and not to the content.
 *
 * <p>One buffer. Of what is in it, everything up to the place where a boundary line could still
 * begin is content for sure.
 */
final class Boundary {

  private static final Pattern LEGAL =
      Pattern.compile("[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]");

  private static final int BUFFER = 8 << 10;

  private final InputStream in;
  private final byte[] line;
  private final byte[] buffer = new byte[BUFFER];
  private int from;
  private int to;

  Boundary(InputStream in, String boundary) {
    this.in = in;
    this.line = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
    // The first boundary line may be the body's first and has no line end before it then: lend one.
    buffer[0] = '\r';
    buffer[1] = '\n';
    to = 2;
  }

  static boolean legal(String boundary) {
    return LEGAL.matcher(boundary).matches();
  }

  /** Content up to the next boundary line: some bytes, or -1 in front of that line. */
  int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    int sure = sure();
    while (sure == 0 && !atLine()) {
      fill();
      sure = sure();
    }
    if (sure == 0) {
      return -1;
    }
    int some = Math.min(sure, length);
    System.arraycopy(buffer, from, into, offset, some);
    from += some;
    return some;
  }

  /** Reads over everything up to the next boundary line. */
  void skip() throws IOException {
    byte[] nowhere = new byte[BUFFER];
    while (read(nowhere, 0, nowhere.length) >= 0) {
      // What stands before the first boundary is for readers of mail without MIME.
    }
  }

  /** Takes the boundary line that comes now, and tells whether it was the last one. */
  boolean last() throws IOException {
    from += line.length;
    int first = one();
    int second = one();
    if (first == '-' && second == '-') {
      return true;
    }
    while (first == ' ' || first == '\t') {
      first = second;
      second = one();
    }
    if (first != '\r' || second != '\n') {
      // Perhaps content that begins like a boundary: one reader would go on, another would stop.
      throw new BadRequest("A line that only begins like the form's boundary.");
    }
    return false;
  }

  /** One byte, whatever it is: for the lines of a part's header. */
  int one() throws IOException {
    if (from == to) {
      fill();
    }
    return buffer[from++];
  }

  /** How many bytes from here on cannot be a part of a boundary line. */
  private int sure() {
    for (int at = from; at < to; at++) {
      if (buffer[at] == '\r' && matches(at)) {
        return at - from;
      }
    }
    return to - from;
  }

  /** Whether the boundary line begins at {@code at}, as far as one can see. */
  private boolean matches(int at) {
    int seen = Math.min(line.length, to - at);
    for (int i = 1; i < seen; i++) {
      if (buffer[at + i] != line[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean atLine() {
    return to - from >= line.length && matches(from);
  }

  private void fill() throws IOException {
    if (to == buffer.length) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    int got = in.read(buffer, to, buffer.length - to);
    if (got < 0) {
      throw new BadRequest("The form breaks off before its last boundary.");
    }
    to += got;
  }
}
