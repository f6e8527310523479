package spyglass.lookout;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.Misuse;

/**
 * Where a server's files lie: below {@code /run}, {@code /var/cache} and {@code /var/lib} for root, and
 * for everybody else where the XDG base directories say. Each has an option that says otherwise.
 */
record Folders(Path run, Path cache, Path data) {

  private static final String OURS = "spyglass";

  /**
   * Where they lie; none of them is made.
   *
   * @param environment for the XDG variables and HOME
   * @param root whether the server runs as root
   */
  static Folders of(Configuration options, Map<String, String> environment, boolean root)
      throws Misuse {
    Xdg xdg = new Xdg(environment, root);
    return new Folders(
        told(options, "run").orElseGet(xdg::run),
        told(options, "cache").orElseGet(xdg::cache),
        told(options, "data").orElseGet(xdg::data));
  }

  private static Optional<Path> told(Configuration options, String name) throws Misuse {
    return options.paths(name).stream().findFirst();
  }

  private record Xdg(Map<String, String> environment, boolean root) {

    /** Without XDG_RUNTIME_DIR, which only a login session has, a folder of one's own in /tmp. */
    Path run() {
      if (root) {
        return Path.of("/run", OURS);
      }
      return variable("XDG_RUNTIME_DIR")
          .map(folder -> folder.resolve(OURS))
          .orElseGet(() -> Path.of("/tmp", OURS + "-" + System.getProperty("user.name")));
    }

    Path cache() {
      return root ? Path.of("/var/cache", OURS) : home("XDG_CACHE_HOME", ".cache");
    }

    Path data() {
      return root ? Path.of("/var/lib", OURS) : home("XDG_DATA_HOME", ".local/share");
    }

    private Path home(String name, String usual) {
      return variable(name)
          .orElseGet(() -> Path.of(System.getProperty("user.home", "/"), usual))
          .resolve(OURS);
    }

    /** The specification has relative paths ignored. */
    private Optional<Path> variable(String name) {
      return Optional.ofNullable(environment.get(name))
          .filter(text -> !text.isEmpty())
          .map(Path::of)
          .filter(Path::isAbsolute);
    }
  }
}
