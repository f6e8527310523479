package spyglass.e2e;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One connection, byte by byte. A client library would try again behind our back what had failed, and
 * that is the very thing these tests must see.
 */
public final class Client implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  /** An answer that came in whole; one that did not is an {@link EOFException}. */
  public record Answer(int status, String head, String body) {

    /** A field's value, or an empty text. */
    public String field(String name) {
      Matcher line = Pattern.compile("(?im)^" + name + ":[ \t]*(.*)$").matcher(head);
      return line.find() ? line.group(1) : "";
    }
  }

  private final Socket socket;
  private final BufferedInputStream in;

  public Client(int port) throws IOException {
    this(new Socket(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout(PATIENCE_MILLIS);
  }

  /** Over a socket of the caller's making, which this closes; its patience is the caller's affair. */
  public Client(Socket socket) throws IOException {
    this(socket, socket.getInputStream());
  }

  /** The same, with what is heard coming through something of the caller's. */
  public Client(Socket socket, InputStream in) {
    this.socket = socket;
    this.in = new BufferedInputStream(in);
  }

  /** One request over a connection of its own. */
  public static Answer get(int port, String target) throws IOException {
    try (Client client = new Client(port)) {
      client.ask(target, "Connection: close\r\n");
      return client.answer();
    }
  }

  /** Somebody to whom an answer has begun to come, so that the request surely is in the app. */
  static Client beingServed(int port, String target) throws IOException {
    Client client = new Client(port);
    client.ask(target);
    client.awaitFirstByte();
    return client;
  }

  public void ask(String target) throws IOException {
    ask(target, "");
  }

  public void ask(String target, String fields) throws IOException {
    String head = "GET " + target + " HTTP/1.1\r\nHost: test\r\n" + fields + "\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
  }

  /** Waits for the first byte of an answer, so that the request surely is in the app. */
  public void awaitFirstByte() throws IOException {
    in.mark(1);
    if (in.read() < 0) {
      throw new EOFException("no answer");
    }
    in.reset();
  }

  /** Waits until so much of an answer is there, which {@link #answer} will still be all of. */
  public String awaitPart(String end) throws IOException {
    in.mark(4096);
    String part = until(end);
    in.reset();
    return part;
  }

  public Answer answer() throws IOException {
    String head = until("\r\n\r\n");
    Answer bare = new Answer(Integer.parseInt(head.split(" ", 3)[1]), head, "");
    String body = "";
    if (bare.field("Transfer-Encoding").equalsIgnoreCase("chunked")) {
      body = chunks();
    } else if (bare.status() != 204) {
      body = text(Integer.parseInt(bare.field("Content-Length")));
    }
    return new Answer(bare.status(), head, body);
  }

  private String chunks() throws IOException {
    StringBuilder body = new StringBuilder();
    int size = Integer.parseInt(until("\r\n").strip(), 16);
    while (size > 0) {
      body.append(text(size));
      until("\r\n");
      size = Integer.parseInt(until("\r\n").strip(), 16);
    }
    until("\r\n");
    return body.toString();
  }

  private String text(int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the answer broke off");
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private String until(String end) throws IOException {
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(end)) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("the answer broke off after: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  /** Closes with a reset: SO_LINGER with zero seconds. */
  void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
