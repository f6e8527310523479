package spyglass.protocol;

import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Cuts lines from what has come, for protocols that are text. A line ends with LF; a CR before it
 * belongs to the end, and a CR anywhere else is a byte like any other. It keeps nothing between
 * calls, so one serves all connections, on any thread, and a protocol may take other bytes in
 * between.
 */
public final class Lines {

  /**
   * One line.
   *
   * @param bytes all of it, as it came, with its end; a copy
   * @param length how many of them come before the end
   */
  @SuppressWarnings("ArrayRecordComponent") // taken apart at once, compared by nobody
  public record Line(byte[] bytes, int length) {

    /**
     * What it says, without its end. Bytes that are no characters of the charset become U+FFFD; in
     * ISO 8859-1 every byte is a character and can be made the same byte again.
     */
    public String text(Charset charset) {
      return new String(bytes, 0, length, charset);
    }
  }

  private final int limit;
  private final byte[] farewell;

  /**
   * Lines of at most so many bytes.
   *
   * @param limit at least 1; the line's end is not counted
   * @param farewell what a client is told who sends a longer one
   * @throws IllegalArgumentException when the limit is less than 1
   */
  public Lines(int limit, byte[] farewell) {
    if (limit < 1) {
      throw new IllegalArgumentException("a line of at most " + limit + " bytes: allow 1 or more");
    }
    this.limit = limit;
    this.farewell = farewell.clone();
  }

  /**
   * Takes every line that is whole, in their order, and leaves what comes behind the last.
   *
   * @throws ProtocolException when a line is too long; those before it have been taken
   */
  public void each(ByteBuffer bytes, Consumer<Line> lines) throws ProtocolException {
    Optional<Line> line = next(bytes);
    while (line.isPresent()) {
      lines.accept(line.get());
      line = next(bytes);
    }
  }

  /**
   * Takes one line from the front.
   *
   * @return nothing, and nothing taken, when it is not whole yet
   * @throws ProtocolException when it is too long, whether its end has come or not
   */
  public Optional<Line> next(ByteBuffer bytes) throws ProtocolException {
    int start = bytes.position();
    // Never looks further than the longest line with the longest end, however much has come.
    int come = (int) Math.min(bytes.remaining(), limit + 2L);
    for (int i = 0; i < come; i++) {
      if (bytes.get(start + i) == '\n') {
        return Optional.of(take(bytes, i));
      }
    }
    check(withoutCr(bytes, come));
    return Optional.empty();
  }

  private Line take(ByteBuffer bytes, int feed) throws ProtocolException {
    int length = withoutCr(bytes, feed);
    check(length);
    byte[] line = new byte[feed + 1];
    bytes.get(line);
    return new Line(line, length);
  }

  /** A CR that is the last to have come may be of the end. */
  private static int withoutCr(ByteBuffer bytes, int count) {
    boolean cr = count > 0 && bytes.get(bytes.position() + count - 1) == '\r';
    return cr ? count - 1 : count;
  }

  private void check(int length) throws ProtocolException {
    if (length > limit) {
      throw new ProtocolException("a line of more than " + limit + " bytes", farewell);
    }
  }
}
