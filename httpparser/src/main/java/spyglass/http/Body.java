package spyglass.http;

import java.io.IOException;
import java.io.OutputStream;

/** What an app answers with after the head: bytes that are there, or a stream that is written. */
public sealed interface Body {

  /** No bytes. */
  Body EMPTY = new Bytes(new byte[0]);

  /**
   * Bytes that are there already. The server sends their number as Content-Length.
   *
   * @param content not copied: do not change it afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and a copy of each body costs
  record Bytes(byte[] content) implements Body {}

  /**
   * Bytes that are made while they are sent. Without a Content-Length among the response's fields
   * the server sends them in chunks (HTTP/1.1) or until it closes the connection (HTTP/1.0).
   *
   * @param writer called once, on the thread that called the app, after the app has returned; not
   *     at all where the answer has no body, as for HEAD
   */
  record Stream(Writer writer) implements Body {}

  /** Produces a streamed body. */
  @FunctionalInterface
  interface Writer {

    /**
     * Writes the body. A slow client makes {@code write} wait; a flush sends what was written so
     * far. There is no need to close the stream.
     *
     * @throws IOException when the client has gone away or is too slow; let it pass
     * @throws Exception anything else: the connection is cut, so that the client sees that the
     *     body is not whole
     */
    void writeTo(OutputStream out) throws Exception;
  }
}
