package spyglass.http;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Looks for the end of a head, byte by byte, and remembers where its lines end. It knows nothing of
 * methods and fields, only of lines: each ends with CR LF, no other control byte stands in one, and
 * none begins with a blank. Undertow's parser, which comes after it, is more forgiving in all three.
 *
 * <p>Feeding it in pieces or whole gives the same result: what it has seen it never looks at again.
 */
final class Scan {

  private static final int CRLF = 2;

  private final Limits limits;
  private int[] lineEnds = new int[16];
  private int lines;
  private int lineStart;
  private int seen;
  private boolean leadingEmptyLine;
  private boolean complete;

  Scan(Limits limits) {
    this.limits = limits;
  }

  /** Begins anew, with another head. */
  void reset() {
    lines = 0;
    lineStart = 0;
    seen = 0;
    leadingEmptyLine = false;
    complete = false;
  }

  /**
   * Looks at the bytes between the buffer's position and its limit, of which it may have seen the
   * first ones before. Moves nothing.
   *
   * @return a refusal, or null when there is nothing to object to so far
   */
  @Nullable Refused look(ByteBuffer in) {
    int start = in.position();
    int end = in.remaining();
    while (seen < end && !complete) {
      skipPlain(in, start, end);
      if (seen == end) {
        break;
      }
      Refused refused = step(in, start, in.get(start + seen));
      if (refused != null) {
        return refused;
      }
      seen++;
      // After every byte, not once a piece: else a head that is too long and broken further on
      // would be refused for the one when it comes in pieces and for the other when it comes whole.
      refused = tooLong();
      if (refused != null) {
        return refused;
      }
    }
    return null;
  }

  /** Most bytes of a head are nothing special, and there is room for them: these are passed quickly. */
  private void skipPlain(ByteBuffer in, int start, int end) {
    if (seen == lineStart || in.get(start + seen - 1) == '\r') {
      return;
    }
    int room = lines == 0 ? begin() + limits.requestLine() + CRLF : limits.head();
    int until = Math.min(end, Math.min(room, limits.head()));
    int at = seen;
    while (at < until && isPlain(in.get(start + at))) {
      at++;
    }
    seen = at;
  }

  private static boolean isPlain(byte b) {
    return b < 0 || (b >= ' ' && b != 0x7f);
  }

  private @Nullable Refused step(ByteBuffer in, int start, byte b) {
    boolean afterCr = seen > lineStart && in.get(start + seen - 1) == '\r';
    if (afterCr != (b == '\n')) {
      return afterCr
          ? new Refused(400, "A carriage return without a line feed.")
          : new Refused(400, "A line feed without a carriage return.");
    }
    if (b == '\n') {
      return endOfLine();
    }
    if (seen == lineStart && lines > 0 && (b == ' ' || b == '\t')) {
      return new Refused(400, "A folded field line.");
    }
    boolean control = (b >= 0 && b < ' ' && b != '\t' && b != '\r') || b == 0x7f;
    return control ? new Refused(400, "A control byte in the head.") : null;
  }

  private @Nullable Refused endOfLine() {
    boolean empty = seen == lineStart + 1;
    lineStart = seen + 1;
    if (!empty) {
      if (lines > limits.fields()) {
        return new Refused(431, "More than " + limits.fields() + " field lines.");
      }
      if (lines == lineEnds.length) {
        lineEnds = Arrays.copyOf(lineEnds, lines * 2);
      }
      lineEnds[lines++] = lineStart;
      return null;
    }
    if (lines > 0) {
      complete = true;
      return null;
    }
    if (leadingEmptyLine) {
      return new Refused(400, "Empty lines where a request should start.");
    }
    // RFC 9112 section 2.2: one empty line before a request is ignored, because old clients sent
    // one after a body.
    leadingEmptyLine = true;
    return null;
  }

  private @Nullable Refused tooLong() {
    int first = lines == 0 ? seen : lineEnds[0];
    if (first - begin() > limits.requestLine() + CRLF) {
      return new Refused(
          414, "The request line is longer than " + limits.requestLine() + " bytes.");
    }
    return seen > limits.head()
        ? new Refused(431, "The head is larger than " + limits.head() + " bytes.")
        : null;
  }

  /** Whether the empty line that ends the head was seen. */
  boolean isComplete() {
    return complete;
  }

  /** Whether any byte of a request was seen. */
  boolean begun() {
    return seen > begin();
  }

  /** Where the request line starts, from the position the scan began at. */
  int begin() {
    return leadingEmptyLine ? 2 : 0;
  }

  /** How many bytes the head has, the empty lines before and after it included. */
  int length() {
    return lineStart;
  }

  /** Number of lines, the request line included, the empty ones not. */
  int lines() {
    return lines;
  }

  /** Where the line with this number starts; line 0 is the request line. */
  int lineStart(int number) {
    return number == 0 ? begin() : lineEnds[number - 1];
  }

  /** Where the line with this number ends, its CR LF not counted. */
  int lineEnd(int number) {
    return lineEnds[number] - 2;
  }
}
