package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What all programs are told and share, and what they have open: however they come to their end, no
 * process and no file of theirs stays.
 */
final class Bench implements AutoCloseable {

  private static final int ORPHANS_SECONDS = 120;

  private final Checkout checkout;
  private final Path cache;
  private final Wishes wishes;
  private final Deque<Runnable> ends = new ArrayDeque<>();
  private final Set<List<String>> prepared = new HashSet<>();
  private boolean closing;

  /**
   * What was asked for.
   *
   * @param rounds how often each figure is taken; 0 if each program may choose
   * @param seconds how long each load lasts
   * @param tiny whether the figures do not matter, only that there are some
   * @param only the peers that are wanted; all if empty
   */
  record Wishes(int rounds, double seconds, boolean tiny, Set<String> only) {}

  private Bench(Checkout checkout, Path cache, Wishes wishes) {
    this.checkout = checkout;
    this.cache = cache;
    this.wishes = wishes;
  }

  static Bench open(Wishes wishes) throws IOException {
    Checkout checkout = Checkout.find();
    Bench bench = new Bench(checkout, Files.createTempDirectory("measure-cache"), wishes);
    Files.createDirectory(bench.wholeCache());
    // Where the folder of the apps' caches would be there is a file: so there are none.
    Files.writeString(Files.createDirectory(bench.ownCache()).resolve("apps"), "");
    // For an end with TERM or Ctrl-C, after which no finally runs.
    Runtime.getRuntime().addShutdownHook(new Thread(bench::close));
    return bench;
  }

  /** Where everything is. */
  Checkout checkout() {
    return checkout;
  }

  /** The folder of all folders of caches. */
  Path cache() {
    return cache;
  }

  /** Where all caches may be that there are. */
  Path wholeCache() {
    return cache.resolve("whole");
  }

  /** Where only those can be that Spyglass has for itself. */
  Path ownCache() {
    return cache.resolve("own");
  }

  /** Whether nothing was prepared for these words yet; from now on it is. */
  boolean isNew(List<String> words) {
    return prepared.add(List.copyOf(words));
  }

  /** How long each load lasts. */
  double seconds() {
    return wishes.seconds();
  }

  boolean tiny() {
    return wishes.tiny();
  }

  /** Starts a process; it ends with us if nobody has closed it before. */
  synchronized Child start(Child.Command command) throws IOException {
    refuseIfClosing();
    Child child = Child.start(command);
    ends.add(child::close);
    return child;
  }

  /** A folder that is removed with us. */
  synchronized Path folder() throws IOException {
    refuseIfClosing();
    Path folder = Files.createTempDirectory("measure");
    ends.add(() -> Folders.remove(folder));
    return folder;
  }

  private void refuseIfClosing() throws IOException {
    if (closing) {
      throw new IOException("told to end: nothing is started any more");
    }
  }

  /** Progress, for whoever waits. */
  void say(String what) {
    System.err.println("measure: " + what);
  }

  /** Those of some peers that are wanted. */
  List<Subject> wanted(List<Subject> peers) {
    return peers.stream()
        .filter(peer ->
            wishes.only().isEmpty() || wishes.only().contains(peer.name().replaceFirst(",.*", "")))
        .toList();
  }

  /** How often a figure is taken that is usually taken so often. */
  int rounds(int usual) {
    return wishes.rounds() > 0 ? wishes.rounds() : count(usual, 1);
  }

  /** So much, or so much if it is to be quick. */
  int count(int usual, int tiny) {
    return tiny() ? tiny : usual;
  }

  /** All of them, or the first if it is to be quick. */
  <T> List<T> few(List<T> all) {
    return all.subList(0, tiny() ? Math.min(1, all.size()) : all.size());
  }

  /** Waits until machine and servers have come to rest. */
  void rest(long millis) {
    Visit.pause(tiny() ? Math.min(millis, 50) : millis);
  }

  /** Ends what is open, the newest first. Any thread may do it, and twice. */
  @Override
  public synchronized void close() {
    if (closing) {
      return;
    }
    closing = true;
    while (!ends.isEmpty()) {
      ends.removeLast().run();
    }
    awaitOrphans();
    Folders.remove(cache);
  }

  /** Who makes a cache outlives a server that is stopped asleep, and ends by itself. */
  private void awaitOrphans() {
    try {
      Visit.await(ORPHANS_SECONDS, "the makers of caches", () -> !isCacheInWork());
    } catch (IOException e) {
      say(e.toString());
    }
  }

  /** Whether a process other than a lookout, which only sleeps, names the caches. */
  boolean isCacheInWork() {
    return Proc.withArgument(cache + "/").isPresent();
  }
}
