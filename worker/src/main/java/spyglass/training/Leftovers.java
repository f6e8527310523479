package spyglass.training;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;

/** What is of no more use in a folder of apps' caches. */
final class Leftovers {

  /**
   * Nobody assembles for so long; a worker that has recorded for longer writes a new file; and what has
   * failed may be tried again.
   */
  private static final Duration OLD = Duration.ofDays(1);

  private Leftovers() {}

  /**
   * Removes caches of jars that have changed or are gone, and what was killed has left.
   *
   * @param but one that was just made
   */
  static void removeOthers(AppCache but) throws IOException {
    Path folder = but.base().resolveSibling(".").normalize();
    FileTime old = FileTime.from(Instant.now().minus(OLD));
    for (Page page : Page.in(folder)) {
      if (!page.cache().equals(but) && page.unfit().isPresent()) {
        page.cache().drop();
      }
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        String name = String.valueOf(file.getFileName());
        boolean made = !name.contains(AppCache.RECORDING) && !name.endsWith(AppCache.FAILED);
        if (!made && isOlder(file, old)) {
          Files.deleteIfExists(file);
        }
      }
    }
  }

  /** Whether a file is there, and not to be removed yet. For a wake: it costs one look. */
  static boolean isOfToday(Path file) {
    // 0 of a file that is not there.
    return file.toFile().lastModified() > System.currentTimeMillis() - OLD.toMillis();
  }

  private static boolean isOlder(Path file, FileTime than) throws IOException {
    return Files.exists(file) && Files.getLastModifiedTime(file).compareTo(than) < 0;
  }
}
