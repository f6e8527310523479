package measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Folders for temporary files: none of ours stays. */
final class Folders {

  private static final int TRIES = 3;

  private Folders() {}

  /** Removes it with what is in it, even if somebody else removes some of that meanwhile. */
  static void remove(Path folder) {
    for (int i = 0; i < TRIES && Files.exists(folder); i++) {
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
      } catch (IOException | UncheckedIOException e) {
        // A file went while we looked: once more.
      }
    }
  }
}
