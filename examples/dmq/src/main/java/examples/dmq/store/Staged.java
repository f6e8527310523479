package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/** Frames that wait to be appended to a file together, so that a thousand records cost one system call. */
final class Staged {

  private static final int BUFFER = 64 << 10;

  /** Made when there is the first frame: most queues never have one. */
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  /** How many bytes wait. */
  int size() {
    return bytes.position();
  }

  boolean hasRoom(int cost) {
    return bytes.remaining() >= cost;
  }

  /** Where a frame of this size may be written; if there was no room, nothing may wait. */
  ByteBuffer room(int cost) {
    if (!hasRoom(cost)) {
      bytes = ByteBuffer.allocateDirect(Math.max(BUFFER, cost));
    }
    return bytes;
  }

  /** Appends all to a file. When that fails, nothing of it is there and all of it waits as before. */
  void drain(Segment segment) throws IOException {
    if (bytes.position() == 0) {
      return;
    }
    int end = bytes.position();
    bytes.flip();
    try {
      segment.append(bytes);
    } catch (IOException e) {
      bytes.clear().position(end);
      throw e;
    }
    bytes.clear();
  }

  /** Forgets what waits. */
  void clear() {
    bytes.clear();
  }
}
