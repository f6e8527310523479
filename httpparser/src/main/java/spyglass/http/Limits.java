package spyglass.http;

/**
 * How much of a request a server takes before it refuses, in bytes unless said otherwise.
 *
 * @param requestLine method, target and version; longer ones get 414
 * @param fields number of field lines in a head or in a trailer section; more get 431
 * @param head all bytes of a head, its empty line included; larger ones get 431. A trailer section
 *     has the same limit and the same answer, but a count of its own
 * @param body after de-chunking; a longer one gets 413
 * @param chunkLine a chunk's size with its extensions, without the line end; a longer one gets 400.
 *     Trailer lines do not obey it: see {@code head}
 */
public record Limits(int requestLine, int fields, int head, long body, int chunkLine) {

  /** What a server takes when nobody asks for more. */
  public static final Limits DEFAULT = new Limits(8 << 10, 100, 32 << 10, 64L << 20, 1 << 10);

  /** The same limits but for the body. */
  public Limits withBody(long bytes) {
    return new Limits(requestLine, fields, head, bytes, chunkLine);
  }
}
