package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.master.MasterMain;
import spyglass.unix.Ground;
import spyglass.unix.KernelFiles;
import spyglass.worker.WorkerMain;

/**
 * The AOT caches of lookout, master and worker (JEP 483, 514, 515): classes already parsed and linked, as a
 * file that is mapped into memory. A JVM with one starts in about half the time. They are made by a
 * rehearsal, where Spyglass runs and not where it was built, because they fit one build of one JDK and
 * jars with one time stamp. With another the JVM leaves them out, and starts as it would without.
 *
 * @param folder where they lie; one for each folder of jars and each JDK
 * @param use whether they are used, or being recorded
 */
record Caches(File folder, Use use) {

  /** What is done with them. */
  enum Use {
    /** Made if need be, and used. */
    FULL,
    /** Recorded: this is the rehearsal. */
    RECORDED,
    /** Neither. */
    NONE
  }

  /** The environment variable that says: this is the rehearsal, and here its recordings go. */
  static final String REHEARSAL = "SPYGLASS_REHEARSAL";

  private static final String ASIDE = "making-";
  private static final String NAME = "aot-";

  /** A file in each folder that says of whom they are. */
  private static final String ORIGIN = "origin";

  private static final Logger LOG = LoggerFactory.getLogger("Server");

  /** The system property in which the launcher says where it lies. */
  static final String LAUNCHER = "spyglass.launcher";

  /** The caches of the jars in a folder, for the JDK that runs this. */
  static Caches of(List<Path> lib, Path cache, boolean wanted) {
    String rehearsal = System.getenv(REHEARSAL);
    return rehearsal == null
        ? new Caches(cache.resolve(NAME + key(lib)).toFile(), wanted ? Use.FULL : Use.NONE)
        : new Caches(new File(rehearsal), Use.RECORDED);
  }

  boolean recording() {
    return use == Use.RECORDED;
  }

  /** For whom caches are made: once one of the two is gone, so may they be. */
  private static List<String> origin(List<Path> lib) {
    Path ours = Lib.jar(lib, "spyglass-lookout").toAbsolutePath();
    return List.of(ours.toString(), System.getProperty("java.home"));
  }

  /** Those jars and that JDK have one folder of caches, which a rebuilt checkout and an updated JDK replace. */
  private static String key(List<Path> lib) {
    List<String> origin = new ArrayList<>(origin(lib));
    lib.forEach(jar -> origin.add(jar.toAbsolutePath().toString()));
    byte[] text = String.join("\n", origin).getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(text).toString();
  }

  /**
   * Makes them if they are missing, of another build of the JDK, or older than a jar: aside, and then
   * with one rename, so that nobody meets half of them, whoever is killed or starts at the same moment.
   * Where that cannot be done, in a folder that is not ours to write in for one, Spyglass runs all the
   * same, and wakes in twice the time.
   */
  void prepare(List<Path> lib, KernelFiles kernel) {
    if (use != Use.FULL) {
      return;
    }
    Path cache = folder.getParentFile().toPath();
    try {
      sweep(cache);
      if (Files.exists(folder.toPath()) && !Ground.isTrusted(folder.toPath())) {
        LOG.warn("{} is open to others: it is not used, and wakes take longer: remove it", folder);
        return;
      }
      if (isFresh(lib)) {
        return;
      }
      Path aside = Files.createTempDirectory(Files.createDirectories(cache), ASIDE);
      try {
        make(lib, aside, kernel);
        remove(folder.toPath());
        Files.move(aside, folder.toPath());
      } finally {
        // There is something only if it could not be moved.
        remove(aside);
      }
    } catch (IOException e) {
      LOG.warn("cannot keep caches ({}): wakes take longer", e.toString());
    }
  }

  private static void make(List<Path> lib, Path aside, KernelFiles kernel) throws IOException {
    LOG.info("rehearsing, once, so that later wakes take half the time");
    try {
      Caches made = new Caches(aside.toFile(), Use.RECORDED);
      new Rehearsal(Starter.again(), lib).make(made);
      // A sleeper's pages of it are small then, and count as the file's at once.
      kernel.settle(made.file(LookoutMain.class, "aot").toPath());
    } catch (IOException e) {
      // The empty folder is kept, or every start of this day would try again.
      LOG.warn("no caches ({}): wakes take longer", e.getMessage());
    }
    List<String> origin = new ArrayList<>(origin(lib));
    origin.add(Runtime.version().toString());
    Files.write(aside.resolve(ORIGIN), origin);
    for (Path file : list(aside, "")) {
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }
    Files.setPosixFilePermissions(aside, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private boolean isFresh(List<Path> lib) {
    long then = folder.lastModified();
    boolean newer = lib.stream().anyMatch(jar -> jar.toFile().lastModified() > then);
    try {
      boolean made = file(LookoutMain.class, "aot").exists();
      return !newer
          && (made || !isOlder(folder.toPath(), Duration.ofDays(1)))
          && Files.readAllLines(folder.toPath().resolve(ORIGIN))
              .getLast()
              .equals(Runtime.version().toString());
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Removes what a start that was killed while it rehearsed has left, and the caches of checkouts and
   * JDKs that are not there any more. Others may be doing the same, or put caches in the place of
   * theirs: what they are busy with is left to them.
   */
  static void sweep(Path cache) throws IOException {
    for (Path aside : list(cache, ASIDE)) {
      sweep(aside, Caches::isOld);
    }
    for (Path caches : list(cache, NAME)) {
      sweep(caches, Caches::isOrphan);
    }
  }

  private interface Condition {
    boolean holds(Path folder) throws IOException;
  }

  private static void sweep(Path folder, Condition condition) {
    try {
      // Where others can write, a link of theirs could have us remove anything.
      if (condition.holds(folder) && Ground.isTrusted(folder)) {
        remove(folder);
      }
    } catch (IOException e) {
      LOG.debug("{} is left as it is: {}", folder, e.toString());
    }
  }

  private static boolean isOld(Path folder) throws IOException {
    return isOlder(folder, Duration.ofHours(1));
  }

  private static boolean isOlder(Path folder, Duration age) throws IOException {
    FileTime then = FileTime.from(Instant.now().minus(age));
    return Files.getLastModifiedTime(folder).compareTo(then) < 0;
  }

  private static boolean isOrphan(Path caches) throws IOException {
    if (!Files.exists(caches.resolve(ORIGIN))) {
      // Half removed, now or by somebody who was killed.
      return isOld(caches);
    }
    List<String> origin = Files.readAllLines(caches.resolve(ORIGIN));
    return !origin.stream().limit(2).map(Path::of).allMatch(Files::exists);
  }

  private static List<Path> list(Path cache, String beginning) throws IOException {
    if (!Files.isDirectory(cache)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(cache)) {
      return entries.filter(entry -> entry.getFileName().toString().startsWith(beginning)).toList();
    }
  }

  private static void remove(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }

  /** What to add to the command line of one of our programs. */
  List<String> flags(Class<?> main) {
    if (recording()) {
      return List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + file(main, "conf"));
    }
    return file(main).map(cache -> List.of("-XX:AOTCache=" + cache)).orElse(List.of());
  }

  /** The path of one, if it is there and is to be used, and nobody else can have changed it. */
  Optional<String> file(Class<?> main) {
    Path cache = file(main, "aot").toPath();
    boolean usable = use == Use.FULL && Ground.isTrusted(cache);
    return usable ? Optional.of(cache.toString()) : Optional.empty();
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
    for (Class<?> main : List.of(LookoutMain.class, MasterMain.class, WorkerMain.class)) {
      Files.delete(file(main, "conf").toPath());
    }
  }

  private File file(Class<?> main, String ending) {
    return new File(folder, main.getSimpleName() + "." + ending);
  }
}
