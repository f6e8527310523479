package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.training.AppCache;
import spyglass.training.Page;
import spyglass.unix.Access;
import spyglass.unix.Ground;

/**
 * The folder of the apps' caches, {@code apps/UID} in the cache folder. The workers write it, and whoever
 * can write to a cache has his code run by whoever maps it: so each user has one of his own, which
 * nobody else can look into, and what is not so is not used.
 */
final class AppCaches {

  private static final Logger LOG = LoggerFactory.getLogger("Server");

  /** Its name in the cache folder; below it each user has one. */
  static final String FOLDER = "apps";

  /** On a page, the hash of what nobody reads: the JDK's own file. */
  private static final String UNREAD = "-";

  private AppCaches() {}

  /** Where the caches of a user's apps lie. */
  static Path folder(Path cache, int uid) {
    return cache.resolve(FOLDER).resolve(Integer.toString(uid));
  }

  /** Makes it; none where it cannot be made or is not as it should be. That costs speed only. */
  static Optional<Path> prepare(Path cache, Privileges privileges) {
    Path folder = folder(cache, privileges.uid());
    try {
      make(folder, privileges);
      Access access = Access.of(folder);
      if (access.isFolder() && access.isPrivate() && access.isOf(privileges.uid())) {
        return Optional.of(folder);
      }
      LOG.warn("{} is open to others, or theirs: no cache of the app is used", folder);
    } catch (IOException e) {
      LOG.debug("no cache of the app ({}): wakes take longer", e.toString());
    }
    return Optional.empty();
  }

  private static void make(Path folder, Privileges privileges) throws IOException {
    // Others have theirs there as well.
    Path above = folder.resolveSibling(".").normalize();
    if (!Ground.make(above).isTrusted()) {
      throw new IOException(above + " is open to others, or theirs");
    }
    try {
      Files.createDirectory(
          folder,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      privileges.give(folder);
    } catch (FileAlreadyExistsException e) {
      // What it is, and whose, is looked at next.
    }
  }

  /**
   * Takes a cache away if a jar holds something else than it did, though its size and time are the
   * same. That takes some time, which is there at a start, and not at a wake.
   *
   * <p>The page is the app's to write, and who reads it here may be root: it is not to have us read what
   * never ends, be it the page itself or what it names.
   *
   * @param command the worker's, whose files alone are read
   */
  static void check(AppCache cache, List<String> command) {
    try {
      if (!Page.isReadable(cache.page()) || !cache.fits(command)) {
        return;
      }
      Optional<Page> page = Page.of(cache);
      if (page.isPresent() && !(isOf(command, page.get()) && page.get().hasSameContent())) {
        LOG.debug("the jars hold something else: their cache is thrown away");
        cache.drop();
      }
    } catch (IOException e) {
      LOG.debug("cannot compare the jars with their cache: {}", e.toString());
    }
  }

  private static boolean isOf(List<String> command, Page page) {
    String classPath = command.get(command.indexOf("-cp") + 1);
    List<String> jars = List.of(classPath.split(File.pathSeparator, -1));
    return page.jars().stream()
        .allMatch(jar -> jar.hash().equals(UNREAD) || jars.contains(jar.path().toString()));
  }
}
