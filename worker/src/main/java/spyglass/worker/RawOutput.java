package spyglass.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What a client gets that has left HTTP. Small writes are collected; one write is never torn. */
final class RawOutput extends OutputStream {

  /** As much as is collected before it is sent, and as much as is sent at once. */
  static final int PIECE = 16 << 10;

  private final Wire wire;
  private byte[] piece = new byte[512];
  private int collected;
  private volatile boolean broken;
  private volatile boolean ended;

  RawOutput(Wire wire) {
    this.wire = wire;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    check();
    if (collected + length > PIECE) {
      flush();
    }
    if (length > PIECE) {
      for (int done = 0; done < length; done += PIECE) {
        send(bytes, offset + done, Math.min(PIECE, length - done));
      }
      return;
    }
    if (collected + length > piece.length) {
      byte[] larger = new byte[Math.clamp(2L * (collected + length), 512, PIECE)];
      System.arraycopy(piece, 0, larger, 0, collected);
      piece = larger;
    }
    System.arraycopy(bytes, offset, piece, collected, length);
    collected += length;
  }

  @Override
  public synchronized void flush() throws IOException {
    check();
    int length = collected;
    collected = 0;
    send(piece, 0, length);
  }

  private void check() throws IOException {
    if (ended || broken) {
      throw new IOException(broken ? "the connection has failed before" : "the connection is over");
    }
  }

  private void send(byte[] bytes, int offset, int length) throws IOException {
    try {
      wire.write(ByteBuffer.wrap(bytes, offset, length));
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  /** Takes nothing any more. */
  void end() {
    ended = true;
  }

  /** Whether it was the connection that failed. */
  boolean broken() {
    return broken;
  }
}
