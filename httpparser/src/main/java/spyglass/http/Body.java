package spyglass.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * What an app answers with after the head: bytes that are there, a file, a stream, or no answer of
 * HTTP's any more but another protocol.
 */
public sealed interface Body {

  /** No bytes. */
  Body EMPTY = new Bytes(new byte[0]);

  /** How many bytes there are, if that is known before they are sent. */
  OptionalLong size();

  /**
   * Bytes that are there already. The server sends their number as Content-Length.
   *
   * @param content not copied: do not change it afterwards
   */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody, and a copy of each body costs
  record Bytes(byte[] content) implements Body {

    @Override
    public OptionalLong size() {
      return OptionalLong.of(content.length);
    }
  }

  /**
   * A part of a file, or all of it. The server may let the kernel copy it to the socket, past the
   * heap (sendfile), and sends its length as Content-Length.
   *
   * @param path not opened before the answer is sent
   * @param offset where the part begins
   * @param length how many bytes it has; if the file turns out to be shorter by then, the
   *     connection is cut
   */
  record File(Path path, long offset, long length) implements Body {

    /** Checks that both numbers make sense. */
    public File {
      if (offset < 0 || length < 0 || offset > Long.MAX_VALUE - length) {
        throw new IllegalArgumentException("no part of any file: " + offset + ", " + length);
      }
    }

    @Override
    public OptionalLong size() {
      return OptionalLong.of(length);
    }

    /** Copies the part, for a server that knows no shorter way, and for tests. */
    public void writeTo(OutputStream out) throws IOException {
      try (FileChannel file = FileChannel.open(path).position(offset);
          InputStream in = Channels.newInputStream(file)) {
        byte[] piece = new byte[16 << 10];
        for (long left = length; left > 0; ) {
          int got = in.read(piece, 0, (int) Math.min(left, piece.length));
          if (got < 0) {
            throw new EOFException("the file ends " + left + " bytes too early");
          }
          out.write(piece, 0, got);
          left -= got;
        }
      }
    }
  }

  /**
   * Bytes that are made while they are sent. Without a Content-Length among the response's fields
   * the server sends them in chunks (HTTP/1.1) or until it closes the connection (HTTP/1.0).
   *
   * @param writer called once, on the thread that called the app, after the app has returned; not
   *     at all where the answer has no body, as for HEAD
   */
  record Stream(Writer writer) implements Body {

    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }
  }

  /**
   * The end of HTTP on this connection; {@link Response#upgrade} makes it.
   *
   * @param protocol what is spoken from now on
   * @param handler who speaks it
   */
  record Upgraded(String protocol, Upgrade handler) implements Body {

    @Override
    public OptionalLong size() {
      return OptionalLong.empty();
    }
  }

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
