package measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Spyglass may have kept of earlier wakes when somebody comes. */
enum Training {
  /** Its own caches and that of the app. */
  TRAINED("trained"),

  /** Its own only: so it is when an app is woken for the first time. */
  UNTRAINED("untrained"),

  NO_CACHES("no caches");

  private static final Pattern WAKE = Pattern.compile("woke in [0-9]+ ms, (\\w+)");
  private static final int CYCLES = 2;
  private static final int MOST_CYCLES = 8;
  private static final int QUIET_MILLIS = 1500;
  private static final long LONGEST_NANOS = 180_000_000_000L;
  private static final String BUSY = "busy";

  private final String label;

  Training(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }

  /** The same words, with those that say which caches there may be. */
  List<String> words(Bench bench, List<String> words) {
    List<String> all = new ArrayList<>();
    all.add("--cache=" + (this == UNTRAINED ? bench.ownCache() : bench.wholeCache()));
    if (this == NO_CACHES) {
      all.add("--no-cache");
    }
    all.addAll(words);
    return all;
  }

  /** A server that sleeps, and that has been woken before. */
  Running start(Bench bench, List<String> words) throws IOException {
    prepare(bench, words);
    Running server = Spyglass.start(bench, words(bench, words));
    for (int cycle = 0; cycle < CYCLES; cycle++) {
      wakeOnce(server);
    }
    return server;
  }

  private static void wakeOnce(Running server) throws IOException {
    Visit.millis(server.port());
    server.sleep();
    Visit.await("Spyglass to sleep", server::asleep);
  }

  /**
   * Has the caches made by a server of its own, which says what it does; once for the same words.
   * Nothing works on them any more when this returns.
   */
  void prepare(Bench bench, List<String> words) throws IOException {
    List<String> all = words(bench, words);
    if (this == NO_CACHES || !bench.isNew(all)) {
      return;
    }
    // Of two the second would record, and be sent to sleep before it has booted.
    all.addAll(0, List.of("-v", "--workers=1"));
    try (Spyglass server = Spyglass.start(bench, all)) {
      int cycle = 0;
      while (cycle < CYCLES || (this == TRAINED && !lastWake(server.said()).equals(label))) {
        if (cycle == MOST_CYCLES) {
          throw new IOException("no cache of the app after so many wakes: " + server.said());
        }
        wakeOnce(server);
        awaitCaches(bench);
        cycle++;
      }
    }
  }

  /** What a log says of its last wake. */
  static String lastWake(String log) {
    Matcher wake = WAKE.matcher(log);
    String last = "";
    while (wake.find()) {
      last = wake.group(1);
    }
    return last;
  }

  /** Until for a while nobody has changed the caches and no process but a lookout names them. */
  private static void awaitCaches(Bench bench) throws IOException {
    long until = System.nanoTime() + LONGEST_NANOS;
    String before = BUSY;
    String now = state(bench);
    while (now.equals(BUSY) || !now.equals(before)) {
      if (System.nanoTime() - until > 0) {
        throw new IOException("somebody still works on the caches after three minutes");
      }
      Visit.pause(bench.count(QUIET_MILLIS, QUIET_MILLIS / 5));
      before = now;
      now = state(bench);
    }
  }

  private static String state(Bench bench) throws IOException {
    if (bench.isCacheInWork()) {
      return BUSY;
    }
    List<String> state = new ArrayList<>();
    try (Stream<Path> files = Files.walk(bench.cache())) {
      for (Path file : files.sorted().toList()) {
        if (Files.isRegularFile(file)) {
          state.add(file + " " + Files.size(file) + " " + Files.getLastModifiedTime(file));
        }
      }
    } catch (java.nio.file.NoSuchFileException | UncheckedIOException e) {
      // One has gone while we looked.
      return BUSY;
    }
    return String.join("\n", state);
  }
}
