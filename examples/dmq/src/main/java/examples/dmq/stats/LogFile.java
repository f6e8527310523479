package examples.dmq.stats;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A file of lines, each with its time before it. When it is large it becomes {@code NAME.1}. */
public final class LogFile {

  private static final long LARGE = 8 << 20;

  private final Path path;

  /** A log that is begun with its first line. */
  public LogFile(Path path) {
    this.path = path;
  }

  /** Writes a line. A log that cannot be written stops nobody: then it is on the console. */
  public synchronized void line(String text) {
    String line = Instant.now().truncatedTo(ChronoUnit.MILLIS) + " " + text + "\n";
    try {
      if (append(line) > LARGE) {
        Files.move(
            path,
            path.resolveSibling(path.getFileName() + ".1"),
            StandardCopyOption.REPLACE_EXISTING);
      }
    } catch (IOException e) {
      System.err.print("dmq: " + path + " cannot be written: " + line);
    }
  }

  /** Not through a link; to read and to write, for then a FIFO keeps nobody waiting (fifo(7)). */
  private long append(String line) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS)) {
      out.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8)), out.size());
      return out.size();
    }
  }
}
