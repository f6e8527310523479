package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.master.MasterMain;
import spyglass.worker.WorkerMain;

/**
 * The AOT caches of master and worker (JEP 483, 514, 515): classes already parsed and linked, as a
 * file that is mapped into memory. A JVM with one starts in about half the time. They are made by a
 * rehearsal, where Spyglass runs and not where it was built, because they fit one build of one JDK and
 * jars with one time stamp. With another the JVM leaves them out, and starts as it would without.
 *
 * @param folder where they lie; one for each build of a JDK
 * @param recording whether this is the rehearsal
 */
record Caches(File folder, boolean recording) {

  /** The environment variable that says: this is the rehearsal, and here its recordings go. */
  static final String REHEARSAL = "SPYGLASS_REHEARSAL";

  private static final String ASIDE = "making";

  private static final Logger LOG = LoggerFactory.getLogger("Server");

  /** The system property in which the launcher says where it lies. */
  private static final String LAUNCHER = "spyglass.launcher";

  /** The caches that belong to the jars in a folder. */
  static Caches beside(File lib) {
    String rehearsal = System.getenv(REHEARSAL);
    return rehearsal == null
        ? new Caches(new File(lib, "aot/" + Runtime.version()), false)
        : new Caches(new File(rehearsal), true);
  }

  /**
   * Makes them if they are missing or older than a jar: aside, and then with one rename, so that
   * nobody meets half of them, whoever is killed or starts at the same moment. Where that cannot be
   * done, in a folder that is not ours to write in for one, Spyglass runs all the same, and wakes in
   * twice the time.
   */
  void prepare(File lib) {
    String launcher = System.getProperty(LAUNCHER);
    if (recording || launcher == null || !lib.canWrite() || isFresh(lib)) {
      return;
    }
    LOG.info("rehearsing, once, so that later wakes take half the time");
    try {
      Path parent = Files.createDirectories(folder.getParentFile().toPath());
      remove(folder);
      removeAbandoned(parent.toFile());
      Path aside = Files.createTempDirectory(parent, ASIDE);
      try {
        new Rehearsal(launcher, lib).make(new Caches(aside.toFile(), true));
      } catch (IOException e) {
        // The empty folder is kept, or every start would try again.
        LOG.warn("no caches ({}): wakes take longer", e.getMessage());
      }
      Files.move(aside, folder.toPath());
    } catch (IOException e) {
      LOG.warn("cannot keep caches ({}): wakes take longer", e.getMessage());
    }
  }

  private boolean isFresh(File lib) {
    File[] newer =
        lib.listFiles(file -> file.isFile() && file.lastModified() > folder.lastModified());
    return folder.exists() && newer != null && newer.length == 0;
  }

  /** What a start that was killed while it rehearsed has left. */
  private static void removeAbandoned(File parent) throws IOException {
    long anHourAgo = System.currentTimeMillis() - Duration.ofHours(1).toMillis();
    File[] abandoned =
        parent.listFiles(
            file -> file.getName().startsWith(ASIDE) && file.lastModified() < anHourAgo);
    if (abandoned != null) {
      for (File file : abandoned) {
        remove(file);
      }
    }
  }

  private static void remove(File folder) throws IOException {
    File[] files = folder.listFiles();
    if (files != null) {
      for (File file : files) {
        Files.delete(file.toPath());
      }
      Files.delete(folder.toPath());
    }
  }

  /** What to add to the command line of one of our programs. */
  List<String> flags(Class<?> main) {
    if (recording) {
      return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file(main, "conf"));
    }
    File cache = file(main, "aot");
    return cache.exists() ? List.of("-XX:AOTCache=" + cache) : List.of();
  }

  /** The same for the command that makes a cache. */
  List<String> assemblyFlags(Class<?> main) {
    return List.of(
        "-XX:AOTMode=create",
        "-XX:AOTConfiguration=" + file(main, "conf"),
        "-XX:AOTCache=" + file(main, "aot"));
  }

  /** Throws away the recordings from which the caches were made. */
  void tidy() throws IOException {
    for (Class<?> main : List.of(MasterMain.class, WorkerMain.class)) {
      Files.delete(file(main, "conf").toPath());
    }
  }

  private File file(Class<?> main, String ending) {
    return new File(folder, main.getSimpleName() + "." + ending);
  }
}
