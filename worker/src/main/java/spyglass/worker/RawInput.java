package spyglass.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Objects;

/** What a client sends that has left HTTP; first what came together with its request. */
final class RawInput extends InputStream {

  private final Wire wire;
  private final Inbox inbox;
  private volatile boolean broken;

  RawInput(Wire wire, Inbox inbox) {
    this.wire = wire;
    this.inbox = inbox;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    ByteBuffer early = inbox.bytes();
    if (early.hasRemaining()) {
      int count = Math.min(length, early.remaining());
      early.get(into, offset, count);
      inbox.shrink();
      return count;
    }
    try {
      return wire.read(ByteBuffer.wrap(into, offset, Math.min(length, RawOutput.PIECE)));
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }

  @Override
  public int available() {
    return inbox.bytes().remaining();
  }

  /** Whether it was the connection that failed. */
  boolean broken() {
    return broken;
  }
}
