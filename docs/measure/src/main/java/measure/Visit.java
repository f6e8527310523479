package measure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.function.BooleanSupplier;

/** One visitor, and the patience of whoever waits for something. */
final class Visit {

  private static final String REQUEST = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";

  private static final int PATIENCE_SECONDS = 120;

  /** One that boots may take long over its first answer, or forget who came before it was ready. */
  private static final int FIRST_MILLIS = 20_000;

  private Visit() {}

  /** Connects, asks, and reads all; the milliseconds from the connecting to the first byte. */
  static double millis(int port) throws IOException {
    return millis(port, PATIENCE_SECONDS * 1000);
  }

  private static double millis(int port, int patience) throws IOException {
    long since = System.nanoTime();
    try (Socket client = new Socket()) {
      client.setSoTimeout(patience);
      client.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      client.getOutputStream().write(REQUEST.getBytes(US_ASCII));
      InputStream in = client.getInputStream();
      StringBuilder head = new StringBuilder().append((char) in.read());
      double millis = (System.nanoTime() - since) / 1e6;
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("port " + port + " says only: " + head);
        }
        head.append((char) next);
      }
      if (!head.substring(0, Math.min(12, head.length())).endsWith(" 200")) {
        throw new IOException("port " + port + " says: " + head.toString().lines().findFirst());
      }
      in.readNBytes(Connection.contentLength(head.toString()));
      return millis;
    }
  }

  /** Visits until somebody answers, as long as the process lives. */
  static void first(int port, Process server) throws IOException {
    await("an answer of port " + port, () -> answers(port, server));
  }

  private static boolean answers(int port, Process server) {
    if (!server.isAlive()) {
      throw new IllegalStateException("the server has ended with " + server.exitValue());
    }
    try {
      return millis(port, FIRST_MILLIS) > 0;
    } catch (IOException e) {
      // Refused, reset, or no whole answer: it still boots.
      return false;
    }
  }

  static void await(String what, BooleanSupplier come) throws IOException {
    await(PATIENCE_SECONDS, what, come);
  }

  static void await(int seconds, String what, BooleanSupplier come) throws IOException {
    long until = System.nanoTime() + seconds * 1_000_000_000L;
    while (!come.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new IOException("there is no end of waiting for " + what);
      }
      pause(5);
    }
  }

  static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a measurement", e);
    }
  }
}
