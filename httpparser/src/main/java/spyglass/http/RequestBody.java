package spyglass.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * What the client sent after the head, already freed of its framing. Read it once, on the thread
 * that called the app; what is left unread the server deals with.
 */
public abstract class RequestBody extends InputStream {

  /** For the server, and for tests that bring a body of their own. */
  protected RequestBody() {}

  /** A body that is there already: for tests. An empty array is a request without a body. */
  public static RequestBody of(byte[] bytes) {
    return new InMemory(new ByteArrayInputStream(bytes));
  }

  /**
   * The fields that came after a chunked body (RFC 9112 section 7.1.2), apart from the headers,
   * because nobody between client and app has looked at them. What belongs in a head is left out
   * (RFC 9110 section 6.5.1): fields about the connection, who asks, what is asked for, and the
   * type of the body, such as {@code Cookie}, {@code Range} and {@code Content-Type}.
   *
   * @return the trailer fields; none before the body has been read to its end
   */
  public abstract Headers trailers();

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  /**
   * Reads some bytes.
   *
   * @throws IOException when the client breaks off, is too slow, or sends what is no legal body.
   *     There is nothing an app can do about it: let it pass, and no answer of the app is sent.
   */
  @Override
  public abstract int read(byte[] into, int offset, int length) throws IOException;

  private static final class InMemory extends RequestBody {
    private final ByteArrayInputStream bytes;

    InMemory(ByteArrayInputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public Headers trailers() {
      return Headers.NONE;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
      return bytes.read(into, offset, length);
    }

    @Override
    public int available() {
      return bytes.available();
    }
  }
}
