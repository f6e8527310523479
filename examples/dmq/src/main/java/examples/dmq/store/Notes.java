package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** Small files beside a queue's records, each a text. */
public final class Notes {

  private static final int MOST = 8 << 10;

  private final Folder folder;

  Notes(Folder folder) {
    this.folder = folder;
  }

  /** Writes one, whole or not at all. */
  public void write(String file, String text) throws IOException {
    folder.make();
    Path finished = folder.path().resolve(file);
    Path unfinished = folder.path().resolve(file + Folder.UNFINISHED);
    try (FileChannel out = Folder.begin(unfinished)) {
      out.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
    folder.finish(unfinished, finished);
  }

  /**
   * Reads one, or as much of it as a note has at most. What is no UTF-8 in it becomes U+FFFD. No link
   * is followed; and it is opened to be written as well, for then a FIFO keeps nobody waiting.
   */
  public Optional<String> read(String file) throws IOException {
    Path path = folder.path().resolve(file);
    try (FileChannel in =
        FileChannel.open(
            path, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = new byte[(int) Math.min(in.size(), MOST)];
      int count = in.read(ByteBuffer.wrap(bytes), 0);
      return Optional.of(new String(bytes, 0, Math.max(0, count), StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Deletes one, for good. */
  public void delete(String file) throws IOException {
    if (folder.delete(file)) {
      folder.force();
    }
  }
}
