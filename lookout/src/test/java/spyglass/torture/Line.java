package spyglass.torture;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import spyglass.e2e.Client;

/** A client's connection, quick or slow. */
final class Line implements AutoCloseable {

  /** Longer than any boot, drain, freeze and pause before a replacement may take together. */
  private static final int PATIENCE_MILLIS = 60_000;

  private static final int SMALL = 4096;

  private final Socket socket = new Socket();
  private final Random random;
  private final boolean slow;
  private final Client client;
  private int asked;

  Line(int port, Random random, boolean slow) throws IOException {
    this.random = random;
    this.slow = slow;
    try {
      if (slow) {
        // So that the server feels it when nobody reads.
        socket.setReceiveBufferSize(SMALL);
      }
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
      InputStream in = socket.getInputStream();
      client = new Client(socket, slow ? new SlowInput(in) : in);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  /** The client's end. */
  int port() {
    return socket.getLocalPort();
  }

  /** Whether the connection has been used before the present request. */
  boolean isUsed() {
    return asked > 1;
  }

  /** Whether the server has ended the connection, as a careful client asks before it speaks again. */
  boolean hasEnded() throws IOException {
    socket.setSoTimeout(1);
    try {
      client.awaitFirstByte();
      return false;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    } finally {
      socket.setSoTimeout(PATIENCE_MILLIS);
    }
  }

  void ask(String target, boolean last) throws IOException {
    asked++;
    String fields = "Host: torture\r\n" + (last ? "Connection: close\r\n" : "");
    byte[] head =
        ("GET " + target + " HTTP/1.1\r\n" + fields + "\r\n").getBytes(StandardCharsets.US_ASCII);
    if (!slow) {
      socket.getOutputStream().write(head);
      return;
    }
    for (byte one : head) {
      socket.getOutputStream().write(one);
      pause(random.nextInt(10));
    }
  }

  /** Waits until an answer begins. */
  void awaitFirstByte() throws IOException {
    client.awaitFirstByte();
  }

  Client.Answer answer() throws IOException {
    return client.answer();
  }

  @Override
  public void close() throws IOException {
    client.close();
  }

  private static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      throw new IOException("nobody interrupts a client", e);
    }
  }

  /** Hears a little at a time, with pauses. */
  private final class SlowInput extends FilterInputStream {

    SlowInput(InputStream in) {
      super(in);
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      pause(random.nextInt(100));
      return super.read(bytes, from, Math.min(length, 1 + random.nextInt(SMALL)));
    }
  }
}
