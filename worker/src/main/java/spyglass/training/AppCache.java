package spyglass.training;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Footing;

/**
 * The AOT cache of one app, started in one way: a file for the JVM, and a page beside it that says what
 * it was made from. Its name holds what cannot change while a server runs: the build of the JDK, the
 * JVM's flags, the class path and the CPU. What can change is on the page, the size and the time of
 * each jar, and is compared at every wake. That is a look at a few files, and hashes nothing.
 *
 * <p>The JVM compares, too, and leaves a cache out that does not fit. It would say nothing, and nobody
 * would ever record another.
 *
 * @param base the path of both files, without their endings
 */
public record AppCache(Path base) {

  /** Part of the name of all that is not a cache yet. */
  static final String RECORDING = ".conf";

  /** The end of the names of those that say that no cache could be made. */
  static final String FAILED = ".failed";

  private static final Logger LOG = LoggerFactory.getLogger("Assembler");

  /** Of a jar's name, in a cache's: four bytes each at most, beside an id and an ending of some 100. */
  private static final int LONGEST_NAME = 32;

  /** What the line with the cache's own size begins with. */
  static final String CACHE = "cache ";

  /** What a line of a file begins with. */
  static final String FILE = "file ";

  /** The cache of the app that this command starts; there may be none yet. */
  public static AppCache of(Path folder, List<String> command) {
    String classPath = classPath(command);
    Path last = Path.of(classPath.substring(classPath.lastIndexOf(File.pathSeparatorChar) + 1));
    String key = String.join("\n", key(command));
    String id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
    return new AppCache(folder.toAbsolutePath().resolve(shortName(last) + "-" + id));
  }

  /** The rest of the name says which it is; this is for people, and a name has 255 bytes (NAME_MAX). */
  private static String shortName(Path jar) {
    String name = String.valueOf(jar.getFileName());
    boolean fits = name.codePointCount(0, name.length()) <= LONGEST_NAME;
    return fits ? name : name.substring(0, name.offsetByCodePoints(0, LONGEST_NAME));
  }

  /** All that the name stands for. */
  static List<String> key(List<String> command) {
    List<String> key = new ArrayList<>();
    key.add(Runtime.version().toString());
    key.add(Cpu.name());
    int classPath = command.indexOf("-cp");
    for (String flag : command.subList(0, classPath)) {
      // A property is nothing to the cache.
      if (!flag.startsWith("-D") && !flag.startsWith("-XX:AOT")) {
        key.add(flag);
      }
    }
    key.addAll(command.subList(classPath, classPath + 3));
    for (String option : List.of("--app", "--protocol")) {
      int at = command.indexOf(option);
      key.add(at < 0 ? option : option + " " + command.get(at + 1));
    }
    return key;
  }

  /** What the JVM maps. */
  public Path file() {
    return with(".aot");
  }

  /** What it was made from, for us and for whoever reads it. */
  public Path page() {
    return with(".txt");
  }

  /**
   * Is there once a worker has recorded in vain: it was not the first, and the first had answered all
   * who came. Then the first is to record, though somebody waits for it.
   */
  Path mark() {
    return with(".first");
  }

  /**
   * Is there for a day once no cache could be made of these jars: to try that again at each sleep would
   * cost much and help nobody. It is empty, so that it can be made on a disk that is full.
   */
  Path failure(String stamp) {
    return with("." + stamp + FAILED);
  }

  /** Remembers that no cache can be made, and clears away what was left of the attempt. */
  void giveUp(String stamp) {
    try {
      Files.write(failure(stamp), new byte[0]);
      Leftovers.removeOthers(this);
    } catch (IOException e) {
      LOG.debug("cannot keep in mind that no cache can be made: {}", e.toString());
    }
  }

  private Path with(String ending) {
    return base.resolveSibling(base.getFileName() + ending);
  }

  /** Where a worker is to record. */
  Path recording(String id) {
    return with("." + id + RECORDING);
  }

  /** Whether it is there, whole, and made from the files that the command names as they are now. */
  public boolean fits(List<String> command) {
    try {
      return made(Files.readAllLines(page()), stamp(command));
    } catch (IOException e) {
      return false;
    }
  }

  private boolean made(List<String> page, List<String> stamp) {
    int next = 0;
    boolean whole = false;
    for (String line : page) {
      if (line.startsWith(CACHE)) {
        whole = line.equals(CACHE + file().toFile().length());
      } else if (line.startsWith(FILE)) {
        // Behind the path stands its hash, which is for those who have the time.
        if (next == stamp.size() || !line.startsWith(stamp.get(next) + " ")) {
          return false;
        }
        next++;
      }
    }
    return whole && next == stamp.size();
  }

  /** The files that a command's JVM reads, each with its size and its time: the JDK's, and the jars. */
  static List<String> stamp(List<String> command) {
    List<String> stamp = new ArrayList<>();
    for (String path : Footing.files(command)) {
      File file = new File(path);
      stamp.add(FILE + file.length() + " " + file.lastModified() + " " + path);
    }
    return stamp;
  }

  static String classPath(List<String> command) {
    return command.get(command.indexOf("-cp") + 1);
  }

  /** The page of a cache that has just been made. */
  List<String> write(long size, List<String> command, List<String> stamp, List<String> hashes) {
    List<String> page = new ArrayList<>();
    page.add(CACHE + size);
    for (String line : key(command)) {
      page.add("key " + line);
    }
    for (int i = 0; i < stamp.size(); i++) {
      page.add(stamp.get(i) + " " + hashes.get(i));
    }
    return page;
  }

  /**
   * Takes it away, if we may, and what is known of earlier attempts. The page goes first: without it
   * there is no cache.
   */
  public void drop() {
    page().toFile().delete();
    file().toFile().delete();
    mark().toFile().delete();
    String ours = base.getFileName() + ".";
    File[] failures =
        base.resolveSibling(".")
            .toFile()
            .listFiles((folder, name) -> name.startsWith(ours) && name.endsWith(FAILED));
    if (failures != null) {
      for (File failure : failures) {
        failure.delete();
      }
    }
  }
}
