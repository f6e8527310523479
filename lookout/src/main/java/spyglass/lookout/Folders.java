package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.unix.Access;
import spyglass.unix.Ground;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;
import spyglass.unix.Place;

/**
 * Where a server's files lie: below {@code /run}, {@code /var/cache} and {@code /var/lib} for root, and
 * for everybody else where the XDG base directories say. Each has an option that says otherwise. With {@code
 * --user}, root's server has a run and a data folder of that user's, {@code spyglass-USER}.
 */
record Folders(Path run, Path cache, Path data) {

  private static final String OURS = "spyglass";

  private static final int OWNER_ONLY = 0700;

  private static final Logger LOG = LoggerFactory.getLogger("Server");

  /** Where they lie; none of them is made. Whether we are root is told by /proc. */
  static Folders of(Configuration options, Map<String, String> environment)
      throws Misuse, IOException {
    return of(options, environment, Access.ourselves());
  }

  /**
   * The same.
   *
   * @param environment for the XDG variables and HOME
   * @param uid as whom the server is started
   */
  static Folders of(Configuration options, Map<String, String> environment, int uid) throws Misuse {
    // Servers of root that become different users do not share what they write to; the cache is
    // written before.
    String name = OURS + options.find("user").map(user -> uid == 0 ? "-" + user : "").orElse("");
    Xdg xdg = new Xdg(environment, uid, name);
    return new Folders(
        told(options, "run").orElseGet(xdg::run),
        told(options, "cache").orElseGet(xdg::cache),
        told(options, "data").orElseGet(xdg::data));
  }

  /**
   * The run folders in which servers of this machine can be that this user may speak to: the one that
   * was named; or all that root's servers have, and those of this user's own. Nobody but root makes a
   * folder in /run. In /tmp anybody does, so there it must be this user's; and root does not look into
   * the folders of all users, for a stranger's socket there could have any server's name.
   */
  static List<Path> runs(Configuration options, Map<String, String> environment)
      throws Misuse, IOException {
    Optional<Path> told = told(options, "run");
    return told.isPresent()
        ? List.of(told.get())
        : runs(environment, Access.ourselves(), Path.of(Xdg.ROOTS_RUN));
  }

  /**
   * The same where none was named.
   *
   * @param above where those of root's servers are
   */
  static List<Path> runs(Map<String, String> environment, int user, Path above) throws IOException {
    Xdg xdg = new Xdg(environment, user, OURS);
    Set<Path> runs = new LinkedHashSet<>(List.of(xdg.run()));
    if (isOf(xdg.temporary(), user)) {
      runs.add(xdg.temporary());
    } else if (Files.exists(xdg.temporary(), LinkOption.NOFOLLOW_LINKS)) {
      runs.remove(xdg.temporary());
    }
    runs.add(above.resolve(OURS));
    try (Stream<Path> all = Files.list(above)) {
      all.filter(it -> it.getFileName().toString().startsWith(OURS + "-"))
          .sorted()
          .forEach(runs::add);
    }
    return List.copyOf(runs);
  }

  private static boolean isOf(Path folder, int user) throws IOException {
    return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) && Access.of(folder).isOf(user);
  }

  /**
   * Makes the one of the app's data, for nobody else to look into. One that was named and cannot be
   * made is a mistake; of any other, the app that needs it will notice.
   */
  void makeData(Configuration options, Privileges privileges, Kernel kernel) throws Misuse {
    if (Files.isDirectory(data)) {
      return;
    }
    try (Place place = Place.making(data, kernel)) {
      int made = place.makeFolder(OWNER_ONLY).orElseThrow(() -> new IOException("it is no folder"));
      privileges.give(KernelFiles.path(made));
      kernel.close(made);
    } catch (IOException e) {
      if (options.isSet("data")) {
        throw new Misuse(
            options.said("data").culprit()
                + (" cannot be made (" + e.getMessage() + "): ")
                + "choose a folder in one that you may write to");
      }
      LOG.debug("cannot make {}: {}", data, e.toString());
    }
  }

  /**
   * Makes the one of the cache. Where root's server becomes somebody else, that one must be able to
   * look into it, whatever the umask; and nobody else is ever to write there.
   *
   * @param wanted whether to say so if it cannot be made
   * @return whether what lies there can be used: whoever can write to a cache or a library has his code
   *     run by whoever maps it
   */
  boolean makeCache(boolean wanted) {
    try {
      Ground ground = Ground.make(cache);
      if (ground.isTrusted()) {
        return true;
      }
      LOG.warn(
          "{} is open to others, or theirs: nothing in {} is used, and wakes take longer: chmod go-w"
              + " it, or name another folder with --cache",
          ground.firm(),
          cache);
    } catch (IOException e) {
      if (wanted) {
        LOG.warn("cannot keep caches ({}): wakes take longer", e.toString());
      }
    }
    return false;
  }

  private static Optional<Path> told(Configuration options, String name) throws Misuse {
    return options.paths(name).stream().findFirst();
  }

  private record Xdg(Map<String, String> environment, int uid, String name) {

    private static final Path TMP = Path.of("/tmp");

    static final String ROOTS_RUN = "/run";

    /** Without XDG_RUNTIME_DIR, which only a login session has, a folder of one's own in /tmp. */
    Path run() {
      if (uid == 0) {
        return Path.of(ROOTS_RUN, name);
      }
      return variable("XDG_RUNTIME_DIR")
          .map(folder -> folder.resolve(OURS))
          .orElseGet(this::temporary);
    }

    Path temporary() {
      return TMP.resolve(OURS + "-" + user());
    }

    /** Where nothing can be kept at home, as of a daemon or in a container, one's own in /tmp again. */
    Path cache() {
      if (uid == 0) {
        return Path.of("/var/cache", OURS);
      }
      Path home = home("XDG_CACHE_HOME", ".cache");
      return isPossible(home) ? home : TMP.resolve(OURS + "-cache-" + user());
    }

    Path data() {
      return uid == 0 ? Path.of("/var/lib", name) : home("XDG_DATA_HOME", ".local/share");
    }

    private Path home(String name, String usual) {
      return variable(name).orElseGet(() -> home().resolve(usual)).resolve(OURS);
    }

    /** Java says "?" of what passwd(5) and HOME do not tell. */
    private static Path home() {
      Path home = Path.of(System.getProperty("user.home", "/"));
      return home.isAbsolute() ? home : Path.of("/");
    }

    /** Whoever has no name, as in a container, has a number all the same. */
    private String user() {
      String name = System.getProperty("user.name", "?");
      return name.equals("?") ? Integer.toString(uid) : name;
    }

    private static boolean isPossible(Path folder) {
      Path there = folder;
      while (!Files.exists(there)) {
        there = there.resolveSibling(".").normalize();
      }
      return there.equals(folder) || (Files.isDirectory(there) && Files.isWritable(there));
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
