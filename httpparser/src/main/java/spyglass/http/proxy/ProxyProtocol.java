package spyglass.http.proxy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import spyglass.http.Peer;

/**
 * The header with which a proxy that knows no HTTP begins a connection, to say whose it is: the
 * PROXY protocol of HAProxy, version 1 (a line of text) and version 2 (bytes).
 *
 * <p>Whether to look for one is decided before the first byte comes: a server that merely noticed
 * such headers would let any client name itself. It keeps nothing between calls and never throws
 * for anything a client sends.
 */
public final class ProxyProtocol {

  /** What the first bytes of a connection are. */
  public sealed interface Result {

    /** Nobody can tell before more bytes come. */
    record More() implements Result {}

    /**
     * A whole header.
     *
     * @param peer the two ends it names; none when the proxy speaks for itself (its health checks)
     *     or does not know
     * @param length how many bytes the header has; the first request begins behind them
     */
    record Found(Optional<Peer> peer, int length) implements Result {}

    /**
     * No such header. The connection is to be closed without an answer.
     *
     * @param reason one sentence for the log, without anything the client sent
     */
    record Malformed(String reason) implements Result {}
  }

  static final Result MORE = new Result.More();

  private static final byte[] TEXT = "PROXY ".getBytes(StandardCharsets.US_ASCII);

  /** Chosen so that no server of any protocol takes it for a request. */
  private static final byte[] BINARY = "\r\n\r\n\0\r\nQUIT\n".getBytes(StandardCharsets.US_ASCII);

  private ProxyProtocol() {}

  /**
   * Looks for a header between the buffer's position and its limit, and moves nothing. After {@link
   * Result.More} the next call must bring the same bytes and more; {@link #longest()} is enough
   * room for them.
   */
  public static Result parse(ByteBuffer in) {
    ByteBuffer bytes = in.slice();
    if (begins(bytes, TEXT)) {
      return bytes.remaining() < TEXT.length ? MORE : ProxyText.parse(bytes);
    }
    if (begins(bytes, BINARY)) {
      return bytes.remaining() < BINARY.length ? MORE : ProxyBinary.parse(bytes, BINARY.length);
    }
    return new Result.Malformed("The connection does not begin with a PROXY header.");
  }

  /** The most bytes a header may have. */
  public static int longest() {
    return ProxyBinary.LONGEST;
  }

  /** Whether the bytes may be the signature, as far as they go. */
  private static boolean begins(ByteBuffer bytes, byte[] signature) {
    int known = Math.min(bytes.remaining(), signature.length);
    return bytes.slice(0, known).equals(ByteBuffer.wrap(signature, 0, known));
  }
}
