package spyglass.e2e;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A connection over which lines are said and heard: a socket of ours, or nc(1) in a terminal. */
final class Talk implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 30_000;

  private interface Closing {
    void close() throws IOException;
  }

  private final InputStream in;
  private final OutputStream out;
  private final Closing closing;

  private Talk(InputStream in, OutputStream out, Closing closing) {
    this.in = new BufferedInputStream(in);
    this.out = out;
    this.closing = closing;
  }

  static Talk to(int port) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return new Talk(socket.getInputStream(), socket.getOutputStream(), socket::close);
  }

  /** Somebody who types into nc; where there is none, the test is left out. */
  static Talk byNc(int port) throws IOException {
    assumeTrue(Started.isInstalled("nc"));
    Process nc = new ProcessBuilder("nc", "127.0.0.1", Integer.toString(port)).start();
    return new Talk(nc.getInputStream(), nc.getOutputStream(), () -> end(nc));
  }

  private static void end(Process nc) {
    nc.destroyForcibly();
    try {
      nc.waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a test", e);
    }
  }

  /** A line, and Enter. */
  Talk say(String line) throws IOException {
    type(line + "\n");
    return this;
  }

  /** Characters, without Enter. */
  void type(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** The next line, without its end. */
  String hear() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("the connection ended after: " + line);
      }
      line.append((char) next);
    }
    return line.toString();
  }

  String ask(String line) throws IOException {
    return say(line).hear();
  }

  /** Whether there is something to hear, right now. */
  boolean hasHeard() throws IOException {
    return in.available() > 0;
  }

  /** Waits for the end, before which nothing may come. */
  boolean endsSilently() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    closing.close();
  }
}
