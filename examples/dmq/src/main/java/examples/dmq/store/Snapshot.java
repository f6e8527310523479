package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** Writes what is in memory as one file of frames. */
final class Snapshot {

  private static final int BUFFER = 256 << 10;

  private Snapshot() {}

  /**
   * Saves records that are in memory only.
   *
   * @param journal of the same queue, whose head says that they are not handed out
   */
  static void save(Ring ring, Folder folder, Journal journal, long first, long count)
      throws IOException {
    Path unfinished = write(ring, folder, first, count);
    // Before the file has its name: an older head may say that all in it was handed out.
    journal.flush();
    folder.finish(unfinished, folder.path().resolve(Segment.name(first)));
  }

  /**
   * Takes records out of the memory; when it returns they are on the disk.
   *
   * @param first number of the first
   * @param count how many
   * @return the file, which has to get its name yet
   */
  private static Path write(Ring ring, Folder folder, long first, long count) throws IOException {
    folder.make();
    Path unfinished = folder.path().resolve(Segment.name(first) + Folder.UNFINISHED);
    try (FileChannel out = Folder.begin(unfinished)) {
      write(ring, first, count, out);
    }
    return unfinished;
  }

  private static void write(Ring ring, long first, long count, FileChannel out) throws IOException {
    Frames frames = new Frames();
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    frames.header(buffer, first, first);
    byte[] record = new byte[0];
    for (long i = 0; i < count; i++) {
      int length = ring.next();
      record = record.length < length ? new byte[length] : record;
      ring.take(record, 0);
      int cost = Journal.cost(length);
      if (buffer.remaining() < cost) {
        drain(buffer, out);
        buffer = buffer.capacity() < cost ? ByteBuffer.allocateDirect(cost) : buffer;
      }
      frames.record(buffer, record, 0, length);
    }
    drain(buffer, out);
    out.force(true);
  }

  private static void drain(ByteBuffer buffer, FileChannel out) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }
}
