package spyglass.worker;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client that sends what it is told, byte for byte, and reads answers by the book. */
final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 10_000;

  private final Socket socket;
  private final InputStream in;

  Client(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    // Each piece a packet of its own, so that the server may see it by itself.
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  Client send(String latin1) throws IOException {
    socket.getOutputStream().write(latin1.getBytes(StandardCharsets.ISO_8859_1));
    return this;
  }

  /** Says that nothing more will come, and goes on reading: shutdown(2) with SHUT_WR. */
  Client sendEnd() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  /** Sends a request and reads its answer. */
  Answer ask(String request) throws IOException {
    return send(request).answer();
  }

  Answer get(String path) throws IOException {
    return ask("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
  }

  /** Reads one answer; a 100 before it is no answer yet. */
  Answer answer() throws IOException {
    Answer head = head();
    while (head.status() == 100) {
      head = head();
    }
    if (Answer.isBodyless(head.status())) {
      return head;
    }
    if (head.field("transfer-encoding").equals("chunked")) {
      return head.withBody(chunks());
    }
    String length = head.field("content-length");
    return head.withBody(length.isEmpty() ? rest() : read(Integer.parseInt(length)));
  }

  /** Reads one answer's head and leaves what follows: for HEAD, and for 100. */
  Answer head() throws IOException {
    StringBuilder text = new StringBuilder();
    while (text.indexOf("\r\n\r\n") < 0) {
      text.append(read(1));
    }
    return Answer.parse(text.toString());
  }

  /** Whether the server has said that nothing more will come, and said it in order. */
  boolean atEnd() throws IOException {
    return in.read() < 0;
  }

  String rest() throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  String read(int count) throws IOException {
    byte[] bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("only " + bytes.length + " of " + count + " bytes came");
    }
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    int size = Integer.parseInt(line(), 16);
    while (size > 0) {
      body.append(read(size));
      line();
      size = Integer.parseInt(line(), 16);
    }
    line();
    return body.toString();
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    String last = read(1);
    while (!last.equals("\n")) {
      line.writeBytes(last.getBytes(StandardCharsets.ISO_8859_1));
      last = read(1);
    }
    return line.toString(StandardCharsets.ISO_8859_1).strip();
  }

  /** Has close send a reset, as if this machine had been unplugged and plugged in again. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Closes before the end of the test. */
  void leave() throws IOException {
    socket.close();
  }

  @Override
  public void close() throws IOException {
    leave();
  }
}
