package spyglass.training;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Has a user's caches be made one at a time, because each takes a CPU for seconds. One makes, one waits,
 * and others give up at once: their apps are recorded again, and a queue of JVMs would take more than it
 * gives. The locks lie in the folder of the user's caches, which nobody else can open: a lock can be held
 * for ever by whoever can open its file, if only to read. They are gone with the process, however that ends.
 *
 * @param turn holds the lock of the one who makes; none for those who give up
 */
record Queue(@Nullable FileChannel turn) implements AutoCloseable {

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  /** Takes a place, and waits for the turn if there is one to wait for. */
  static Queue in(Path folder) throws IOException {
    FileChannel turn = open(folder.resolve("lock"));
    if (turn.tryLock() != null) {
      return new Queue(turn);
    }
    try (FileChannel next = open(folder.resolve("next"))) {
      if (next.tryLock() != null) {
        // Whoever makes one has ten minutes for it, as we have.
        turn.lock();
        return new Queue(turn);
      }
    }
    turn.close();
    return new Queue(null);
  }

  private static FileChannel open(Path lock) throws IOException {
    return FileChannel.open(
        lock,
        Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE, LinkOption.NOFOLLOW_LINKS),
        PRIVATE);
  }

  boolean isMyTurn() {
    return turn != null;
  }

  @Override
  public void close() throws IOException {
    if (turn != null) {
      turn.close();
    }
  }
}
