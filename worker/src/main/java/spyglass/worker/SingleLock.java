package spyglass.worker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The promise of {@link spyglass.life.Single}: while one process holds this lock, no other runs the same
 * app with the same data folder.
 *
 * <p>The master starts nobody before the last one has left. But a master that is killed leaves workers
 * behind, which finish what they have while the next tree wakes. So the kernel watches as well: a lock
 * of fcntl(2) belongs to a process and goes with it, of whatever cause it dies. (You will see it in
 * /proc/locks.) It has one trap: it goes as well when the process closes that file by another descriptor,
 * so an app must leave it alone.
 */
final class SingleLock {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private @Nullable FileChannel held;

  /**
   * Waits until nobody else has it; from then on it is this process's, to its end or until {@link
   * #release}. The master has an eye on how long
   * that takes, as on all that a start does.
   *
   * @param data the folder of what the app keeps
   * @param app its name
   * @throws IOException when there can be no such lock: the app cannot be run alone then
   */
  void take(Path data, String app) throws IOException {
    Path file = data.resolve(app + ".lock");
    FileChannel channel;
    try {
      Files.createDirectories(data);
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw new IOException(
          "an app that must be alone needs a lock, and "
              + file
              + " cannot be opened: name a --data folder that may be written to",
          e);
    }
    FileLock lock = channel.tryLock();
    if (lock == null) {
      LOG.warn("waiting for process {}, which runs this app and holds {}", holder(file), file);
      lock = channel.lock();
    }
    channel.truncate(0);
    channel.write(StandardCharsets.US_ASCII.encode(ProcessHandle.current().pid() + "\n"));
    held = channel;
  }

  /** The app is done, though its process is not: another may have it. */
  void release() throws IOException {
    if (held != null) {
      held.close();
    }
  }

  private static String holder(Path file) throws IOException {
    return Files.readString(file).strip();
  }
}
