package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** One file of frames. Appended to at its end, read anywhere. */
final class Segment implements AutoCloseable {

  static final String SUFFIX = ".records";

  private final FileChannel channel;
  private final Folder folder;
  private final long first;
  private long size;

  /** How the disk has failed. */
  private volatile Optional<IOException> failure = Optional.empty();

  private Segment(Folder folder, FileChannel channel, long first, long size) {
    this.folder = folder;
    this.channel = channel;
    this.first = first;
    this.size = size;
  }

  /** The file's name: numbers of one width, so names sort as numbers do. */
  static String name(long first) {
    return "%020d%s".formatted(first, SUFFIX);
  }

  /** Begins a file. Its header is on its way to the disk, and no more. */
  static Segment create(Folder folder, long first, long head, Frames frames) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.path().resolve(name(first)),
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE);
    Segment segment = new Segment(folder, channel, first, 0);
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

  /**
   * Opens one that is there, and no link. What is in it nobody has looked at. To read and to write,
   * for then even a FIFO is opened at once (fifo(7)).
   */
  static Segment open(Folder folder, long first) throws IOException {
    FileChannel channel =
        FileChannel.open(
            folder.path().resolve(name(first)),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    return new Segment(folder, channel, first, channel.size());
  }

  long first() {
    return first;
  }

  long size() {
    return size;
  }

  Path path() {
    return folder.path().resolve(name(first));
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

  /** Copies all of it to a file that is not there yet. */
  void copy(Path copy) throws IOException {
    try (FileChannel out =
        FileChannel.open(copy, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      long at = 0;
      long count = 1;
      while (at < size && count > 0) {
        count = channel.transferTo(at, size - at, out);
        at += count;
      }
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
          path() + " could not be brought to the disk; look at the disk and start again",
          failure.get());
    }
  }

  void delete() throws IOException {
    channel.close();
    folder.delete(name(first));
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
