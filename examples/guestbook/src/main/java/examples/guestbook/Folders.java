package examples.guestbook;

import java.nio.file.Path;
import java.util.Optional;

/** Where a program may keep things: where Spyglass says, or in its user's own (XDG) folders. */
final class Folders {

  private Folders() {}

  /** What must not be lost. */
  static Path data() {
    return Optional.ofNullable(System.getProperty("spyglass.data"))
        .map(folder -> Path.of(folder, "guestbook"))
        .orElseGet(() -> under("XDG_DATA_HOME", ".local/share"));
  }

  /** What can be made again. */
  static Path cache() {
    return under("XDG_CACHE_HOME", ".cache");
  }

  private static Path under(String variable, String usual) {
    return Optional.ofNullable(System.getenv(variable))
        .map(Path::of)
        .filter(Path::isAbsolute)
        // Java says "?" of a home that nobody knows, and that is no name in the working folder.
        .orElseGet(() -> Path.of("/").resolve(System.getProperty("user.home", "")).resolve(usual))
        .resolve("spyglass/guestbook");
  }
}
