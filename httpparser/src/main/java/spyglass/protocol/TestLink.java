package spyglass.protocol;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/** The way to a client that is a test: keeps what is sent. */
final class TestLink implements Link {

  private static final int ANY_PORT = 49152;

  private final Runnable closing;
  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private int heard;
  private int room = Integer.MAX_VALUE;
  private boolean closed;

  /**
   * A link.
   *
   * @param closing what is to be done when it is closed
   */
  TestLink(Runnable closing) {
    this.closing = closing;
  }

  @Override
  public SocketAddress peer() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ANY_PORT);
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (!offer(bytes)) {
      throw new IOException(isClosed() ? "the connection is closed" : "the client takes nothing");
    }
  }

  @Override
  public synchronized boolean offer(byte[] bytes) {
    if (!hasRoom(bytes.length)) {
      return false;
    }
    room -= bytes.length;
    sent.writeBytes(bytes);
    return true;
  }

  @Override
  public synchronized boolean hasRoom(int bytes) {
    return !closed && bytes <= room;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    closing.run();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  synchronized void hasRoomFor(int bytes) {
    room = bytes;
  }

  synchronized byte[] all() {
    return sent.toByteArray();
  }

  synchronized byte[] news() {
    byte[] news = Arrays.copyOfRange(sent.toByteArray(), heard, sent.size());
    heard = sent.size();
    return news;
  }
}
