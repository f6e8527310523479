package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import spyglass.http.Limits;

/** The bytes that have come from a client and were not understood yet. */
final class Inbox {

  private static final int USUAL = 8 << 10;
  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final int most;
  private ByteBuffer bytes = NONE;

  /** An inbox that grows no larger than a legal head, or a gathered body, and a little. */
  Inbox(Limits limits) {
    most = Math.max(limits.head(), Gathering.MOST) + USUAL;
  }

  /** What is there, between position and limit. */
  ByteBuffer bytes() {
    return bytes;
  }

  /**
   * Reads what has come, without waiting.
   *
   * @return how many bytes, -1 at the end of the stream
   */
  int fill(SocketChannel channel) throws IOException {
    if (bytes.remaining() == bytes.capacity()) {
      int size = Math.clamp(bytes.capacity() * 2L, USUAL, most);
      bytes = ByteBuffer.allocate(size).put(bytes);
    } else {
      bytes.compact();
    }
    try {
      return channel.read(bytes);
    } finally {
      bytes.flip();
    }
  }

  /** Whether what is there begins so. */
  boolean startsWith(String ascii) {
    for (int i = 0; i < ascii.length(); i++) {
      if (i >= bytes.remaining() || bytes.get(bytes.position() + i) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Lets the memory go while nothing is in it: what an idle connection costs is mostly this. */
  void shrink() {
    if (!bytes.hasRemaining()) {
      bytes = NONE;
    }
  }
}
