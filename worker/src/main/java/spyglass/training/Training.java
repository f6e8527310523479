package spyglass.training;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spyglass.process.Arguments;

/**
 * The command lines of one server's workers: with the cache of its app where that fits, with an order to
 * record one, or with the cache of our own classes. What makes the difference are the words right
 * behind {@code java}; they are put there, and taken away, here. For a lookout, which starts the first
 * worker, and a master, which starts the others.
 */
public final class Training {

  /** The argument, of whoever starts workers, that names the cache of the app. */
  public static final String APP = "app-cache";

  /** The argument that names the cache of our own classes. */
  public static final String OWN = "own-cache";

  /** The beginning of the properties in which a worker is told to record. */
  static final String TOLD = "-Dspyglass.training.";

  /** What cache is to be made. */
  static final String CACHE = "cache";

  /** Where it is recorded. */
  static final String RECORDING = "recording";

  /** What the jars were like before they were read. */
  static final String STAMP = "stamp";

  private static final String AOT = "-XX:AOT";
  private static final String USE = AOT + "Cache=";
  private static final String RECORD = AOT + "Configuration=";

  private final Optional<AppCache> cache;
  private final Optional<String> own;
  private final List<String> bare;

  /**
   * Command lines that are all alike but for this.
   *
   * @param cache none where none is to be used or made
   * @param own the cache of our own classes, if there is one
   * @param command a worker's, whichever of them; without a cache of the app, all are like this
   */
  public Training(Optional<AppCache> cache, Optional<String> own, List<String> command) {
    this.cache = cache;
    this.own = own;
    this.bare = cache.isPresent() ? bare(command) : command;
  }

  /** As whoever starts workers was told; the command is what stands at the end. */
  public static Training told(Arguments arguments) {
    Optional<String> app = arguments.find(APP);
    return new Training(
        app.isPresent() ? Optional.of(new AppCache(Path.of(app.get()))) : Optional.empty(),
        arguments.find(OWN),
        arguments.next());
  }

  /** Without what is said of caches. */
  static List<String> bare(List<String> command) {
    List<String> bare = new ArrayList<>();
    for (String word : command) {
      if (!word.startsWith(AOT) && !word.startsWith(TOLD)) {
        bare.add(word);
      }
    }
    return bare;
  }

  /** Whether a worker that starts now can have a cache. */
  public boolean isTrained() {
    return cache.isPresent() && cache.get().fits(bare);
  }

  /** Whether one could be made: where nobody can write, or it has failed today, nobody is to record. */
  public boolean isPossible() {
    return cache.isPresent()
        && cache.get().base().resolveSibling(".").toFile().canWrite()
        && !Leftovers.isOfToday(cache.get().failure(stamp()));
  }

  /** Whether only the first worker of a wake meets any visitors. */
  public boolean isForFirst() {
    return cache.isPresent() && cache.get().mark().toFile().exists();
  }

  /**
   * The command of the first worker of a wake.
   *
   * @param alone whether there will be no other
   */
  public List<String> first(boolean alone) {
    if (isTrained()) {
      return trained();
    }
    return (alone || isForFirst()) && isPossible() ? recording("first") : plain();
  }

  /** A worker's command without any cache of the app's. */
  public List<String> plain() {
    return own.isPresent() ? with(USE + own.get()) : bare;
  }

  /** With it. */
  public List<String> trained() {
    return with(USE + cache.orElseThrow().file());
  }

  /**
   * One that records; it has no cache then, not even that of our own classes.
   *
   * @param who which of a process's recordings that is
   */
  public List<String> recording(String who) {
    AppCache made = cache.orElseThrow();
    // Nobody else's: the one before may be being assembled still.
    String id = ProcessHandle.current().pid() + "-" + who + "-" + System.currentTimeMillis();
    String recording = made.recording(id).toString();
    return with(
        "-XX:AOTMode=record",
        RECORD + recording,
        TOLD + CACHE + "=" + made.base(),
        TOLD + RECORDING + "=" + recording,
        TOLD + STAMP + "=" + stamp());
  }

  private List<String> with(String... words) {
    List<String> command = new ArrayList<>(bare);
    command.addAll(1, List.of(words));
    return command;
  }

  /** Whether a command has the cache of the app. */
  public boolean isTrained(List<String> command) {
    return cache.isPresent() && command.contains(USE + cache.get().file());
  }

  /** Where a command has its worker record, if it does. */
  public static Optional<File> recordingOf(List<String> command) {
    for (String word : command) {
      if (word.startsWith(RECORD)) {
        return Optional.of(new File(word.substring(RECORD.length())));
      }
    }
    return Optional.empty();
  }

  /** What tells the jars of now from those of later. */
  public String stamp() {
    return hash(AppCache.stamp(bare));
  }

  static String hash(List<String> stamp) {
    return Integer.toHexString(stamp.hashCode());
  }

  /** Takes the cache away: it does harm. */
  public void drop() {
    if (cache.isPresent()) {
      cache.get().drop();
    }
  }
}
