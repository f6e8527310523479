package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import spyglass.http.Limits;
import spyglass.http.Refused;

/** The bytes that have come from a client and were not understood yet. */
final class Inbox {

  /** Enough for most heads, and little enough for ten thousand clients. */
  private static final int USUAL = 2 << 10;

  /** What a client is told for whom there is no memory. */
  static final Refused NO_ROOM = new Refused(503, "Too many unfinished requests.");

  private static final ByteBuffer NONE = ByteBuffer.allocate(0);

  private final Memory memory;
  private final int most;
  private ByteBuffer bytes = NONE;
  private long taken;

  /** An inbox that grows no larger than so many bytes. */
  Inbox(int most, Memory memory) {
    this.memory = memory;
    this.most = most;
  }

  /** An inbox for a legal head, or a gathered body, and a little. */
  static Inbox forHttp(Limits limits, Memory memory) {
    return new Inbox(Math.max(limits.head(), Gathering.MOST) + USUAL, memory);
  }

  /** What is there, between position and limit. */
  ByteBuffer bytes() {
    return bytes;
  }

  /**
   * Reads what has come, without waiting.
   *
   * @return how many bytes, -1 at the end of the stream
   * @throws NoRoomException when all clients together have sent too much that cannot be used yet
   */
  int fill(SocketChannel channel) throws IOException {
    int count = read(channel);
    int more = count;
    while (more > 0 && isFull() && bytes.capacity() < most) {
      more = read(channel);
      count += Math.max(0, more);
    }
    return count;
  }

  private int read(SocketChannel channel) throws IOException {
    if (isFull()) {
      grow();
    } else {
      bytes.compact();
    }
    try {
      return channel.read(bytes);
    } finally {
      bytes.flip();
    }
  }

  private boolean isFull() {
    return bytes.remaining() == bytes.capacity();
  }

  private void grow() throws NoRoomException {
    int size = Math.clamp(bytes.capacity() * 2L, Math.min(USUAL, most), most);
    long wanted = size > USUAL ? size - taken : 0;
    if (!memory.tryTake(wanted)) {
      throw new NoRoomException();
    }
    taken += wanted;
    bytes = ByteBuffer.allocate(size).put(bytes);
  }

  /** Whether it holds as much as it ever may. */
  boolean isAtMost() {
    return isFull() && bytes.capacity() >= most;
  }

  /** Whether the request that is there begins so; the empty line it may have before it is no part. */
  boolean startsWith(String ascii) {
    return has(ascii, 0) || (has("\r\n", 0) && has(ascii, 2));
  }

  private boolean has(String ascii, int offset) {
    for (int i = 0; i < ascii.length(); i++) {
      int at = offset + i;
      if (at >= bytes.remaining() || bytes.get(bytes.position() + at) != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** Lets the memory go while nothing is in it: what an idle connection costs is mostly this. */
  void shrink() {
    if (!bytes.hasRemaining()) {
      clear();
    }
  }

  /** Lets the memory go, and what is in it. */
  void clear() {
    bytes = NONE;
    memory.giveBack(taken);
    taken = 0;
  }

  /** There is no memory for more. */
  static final class NoRoomException extends IOException {

    private static final long serialVersionUID = 1;

    NoRoomException() {
      super("requests that are not whole yet fill --max-buffered");
    }
  }
}
