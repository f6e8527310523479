package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One file of frames. Appended to at its end, read anywhere. */
final class Segment implements AutoCloseable {

  static final String SUFFIX = ".records";

  private final FileChannel channel;
  private final long first;
  private Path path;
  private long size;

  /** How the disk has failed. */
  private volatile Optional<IOException> failure = Optional.empty();

  private Segment(Path path, FileChannel channel, long first, long size) {
    this.path = path;
    this.channel = channel;
    this.first = first;
    this.size = size;
  }

  /** The file's name: numbers of one width, so names sort as numbers do. */
  static Path path(Path folder, long first) {
    return folder.resolve("%020d%s".formatted(first, SUFFIX));
  }

  /** Begins a file. Its header is on its way to the disk, and no more. */
  static Segment create(Path folder, long first, long head, Frames frames) throws IOException {
    Path path = path(folder, first);
    FileChannel channel =
        FileChannel.open(
            path, StandardOpenOption.CREATE_NEW, StandardOpenOption.READ, StandardOpenOption.WRITE);
    Segment segment = new Segment(path, channel, first, 0);
    ByteBuffer header = ByteBuffer.allocate(Frames.HEADER);
    frames.header(header, first, head);
    try {
      segment.append(header.flip());
    } catch (IOException e) {
      segment.delete();
      throw e;
    }
    return segment;
  }

  /** Opens one that is there. What is in it nobody has looked at. */
  static Segment open(Path path) throws IOException {
    String name = String.valueOf(path.getFileName());
    long first = Long.parseLong(name.substring(0, name.length() - SUFFIX.length()));
    FileChannel channel = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    return new Segment(path, channel, first, channel.size());
  }

  long first() {
    return first;
  }

  long size() {
    return size;
  }

  Path path() {
    return path;
  }

  /** Its folder was renamed. */
  void moved(Path folder) {
    path = folder.resolve(path.getFileName());
  }

  /** Appends all of it or nothing: a part would be taken for damage later. */
  void append(ByteBuffer bytes) throws IOException {
    long at = size;
    try {
      while (bytes.hasRemaining()) {
        at += channel.write(bytes, at);
      }
    } catch (IOException e) {
      channel.truncate(size);
      throw e;
    }
    size = at;
  }

  /** Reads what is there from an offset on, as much as there is room for. */
  void read(ByteBuffer into, long offset) throws IOException {
    long at = offset;
    int count = 0;
    while (into.hasRemaining() && count >= 0) {
      count = channel.read(into, at);
      at += Math.max(0, count);
    }
  }

  /** Forgets what is behind an offset. */
  void cut(long offset) throws IOException {
    channel.truncate(offset);
    size = offset;
  }

  /**
   * Returns when all is on the disk that was appended before. When that has failed once it fails from then
   * on: the kernel has given up what it could not write, and a second fsync(2) would say that all is well.
   */
  void force() throws IOException {
    check();
    try {
      channel.force(false);
    } catch (ClosedChannelException e) {
      throw e;
    } catch (IOException e) {
      failure = Optional.of(e);
      throw e;
    }
  }

  /** Throws when the disk has failed before. */
  void check() throws IOException {
    if (failure.isPresent()) {
      throw new IOException(
          path + " could not be brought to the disk; look at the disk and start again",
          failure.get());
    }
  }

  void delete() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
