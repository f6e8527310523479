package spyglass.http;

/**
 * How much of a request a server takes before it refuses, in bytes unless said otherwise.
 *
 * @param requestLine method, target and version; longer ones get 414
 * @param fields number of field lines in a head or in a trailer section; more get 431
 * @param head everything up to the empty line; longer ones get 431
 * @param body after de-chunking; a longer one gets 413
 * @param chunkLine one chunk's size line with its extensions; a longer one gets 400
 */
public record Limits(int requestLine, int fields, int head, long body, int chunkLine) {

  /** What a server takes when nobody asks for more. */
  public static final Limits DEFAULT = new Limits(8 << 10, 100, 32 << 10, 64L << 20, 1 << 10);

  /** The same limits but for the body. */
  public Limits withBody(long bytes) {
    return new Limits(requestLine, fields, head, bytes, chunkLine);
  }
}
