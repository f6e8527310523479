package spyglass.e2e;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A running server: lookout, master, workers. Whoever opens one closes it, and closing fails when a
 * process is left or when something was written to standard output. No sleep is one as long as the
 * lookout has more descriptors open than at the last.
 */
public final class Tree implements AutoCloseable {

  private static final Pattern LISTENING =
      Pattern.compile("\\[(\\d+)] \\[Server] listening on (?:http://\\S+:|unix:)(\\S+)");

  private static final long DEADLINE_SECONDS = 15;
  private static final long REHEARSAL_SECONDS = 90;
  private static final long NOT_YET = -1;

  private final Launcher.Run run;
  private final String where;
  private final List<String> leaks = new ArrayList<>();
  private long descriptorsAtRest = NOT_YET;

  private Tree(Launcher.Run run) {
    this.run = run;
    try {
      // The very first start after a build rehearses, which takes longer than anything else here.
      await("a line with the port", REHEARSAL_SECONDS, () -> listening().isPresent());
      where = listening().orElseThrow();
      await("a lookout that watches", this::isAsleep);
    } catch (AssertionError | RuntimeException e) {
      close();
      throw e;
    }
  }

  /** Starts a server on any free port of this machine alone, and waits until it is asleep. */
  public static Tree of(String... args) throws Exception {
    return on("127.0.0.1:0", args);
  }

  /** The same on an address of the test's choice. */
  public static Tree on(String address, String... args) throws Exception {
    String[] fixed = {"-v", "--listen", address};
    String[] all = Stream.concat(Arrays.stream(fixed), Arrays.stream(args)).toArray(String[]::new);
    return new Tree(Launcher.start(Map.of(), all));
  }

  /**
   * The same with another command before ours, one that becomes it by exec.
   *
   * @param around that command
   */
  static Tree within(List<String> around, String... args) throws Exception {
    List<String> all = new ArrayList<>(around);
    all.addAll(List.of(Launcher.script(), "-v", "--listen", "127.0.0.1:0"));
    all.addAll(List.of(args));
    return new Tree(Launcher.start(Map.of(), all));
  }

  /** The same for one that was started in another way; it logs with -v. */
  static Tree by(Launcher.Run run) {
    return new Tree(run);
  }

  /** The port, or the path, of the line that only the lookout's own pid may have said. */
  private Optional<String> listening() {
    return run.lines().stream()
        .map(LISTENING::matcher)
        .filter(Matcher::matches)
        .filter(said -> Long.parseLong(said.group(1)) == lookout())
        .map(said -> said.group(2))
        .findFirst();
  }

  public int port() {
    return Integer.parseInt(where);
  }

  public long lookout() {
    return run.process().pid();
  }

  public long master() {
    return named("spy-master").getFirst();
  }

  /**
   * The master, once it understands every signal: it boots beside the first worker, so neither an
   * answer nor its name means that. It says when that worker is ready, and listens to signals before.
   */
  public long awaitMaster() {
    await("a master that the lookout has heard", this::hasWoken);
    return awaitNamed("spy-master");
  }

  private boolean hasWoken() {
    List<String> lines = run.lines();
    return last(lines, "woke in") > last(lines, ": waking");
  }

  private static int last(List<String> lines, String part) {
    int last = lines.size() - 1;
    while (last >= 0 && !lines.get(last).contains(part)) {
      last--;
    }
    return last;
  }

  /** The first of that name, whatever it can do by then. */
  public long awaitNamed(String name) {
    await("a " + name, () -> !named(name).isEmpty());
    return named(name).getFirst();
  }

  /** Waits until so many workers have been ready since the server was started. */
  public void awaitReady(int workers) {
    await(workers + " that are ready", () -> countInLog("[Worker] ready") == workers);
  }

  public List<Long> workers() {
    return named("spy-worker");
  }

  public List<Long> named(String name) {
    return all().stream().filter(proc -> proc.name().equals(name)).map(Proc::pid).toList();
  }

  /** Every process there is of this server, zombies and orphans too. */
  public List<Proc> all() {
    return Proc.withVariable(run.mark());
  }

  public List<String> log() {
    return run.lines();
  }

  /** Where the log is written to, for whoever follows it while it grows. */
  public Path logFile() {
    return run.log();
  }

  public long countInLog(String part) {
    return run.lines().stream().filter(line -> line.contains(part)).count();
  }

  /** Waits for a line of the log. */
  public void awaitLog(Predicate<String> line, String what) {
    await(what + " in the log", () -> run.lines().stream().anyMatch(line));
  }

  public void awaitAwake(int workers) {
    await("master and " + workers + " workers", () -> isAwake(workers));
  }

  private boolean isAwake(int workers) {
    List<String> names = all().stream().map(Proc::name).sorted().toList();
    List<String> expected = new ArrayList<>(List.of("spy-lookout", "spy-master"));
    for (int i = 0; i < workers; i++) {
      expected.add("spy-worker");
    }
    return names.equals(expected);
  }

  /** Waits until the lookout is alone and watches, and compares its descriptors with the last time. */
  public void awaitAsleep() {
    awaitAsleep(DEADLINE_SECONDS);
  }

  /** The same where somebody has something to do first. */
  public void awaitAsleep(long seconds) {
    await("sleep", seconds, this::isAsleep);
    long before = descriptorsAtRest;
    if (before != NOT_YET) {
      // Waited for, because a JVM has a file open for a moment now and then.
      await(
          "a lookout with " + before + " descriptors", () -> Proc.descriptors(lookout()) <= before);
    }
    descriptorsAtRest = Proc.descriptors(lookout());
  }

  /** The folder of its control socket, and of nobody else's. */
  Path folder() {
    return run.folder();
  }

  /** One process, and it has said "watching" once more than "waking", for whatever reason. */
  private boolean isAsleep() {
    long watching = countInLog("[Lookout] watching");
    return all().stream().map(Proc::name).toList().equals(List.of("spy-lookout"))
        && watching == countInLog(": waking") + 1;
  }

  public void awaitGone(List<Long> pids, String what) {
    await(what, () -> all().stream().map(Proc::pid).noneMatch(pids::contains));
  }

  /** Waits for the end of everything; the lookout's status is the server's. */
  public int awaitEnd() {
    await("the end of all processes", () -> !run.process().isAlive() && all().isEmpty());
    return run.process().exitValue();
  }

  /** Waits for a condition. */
  public void await(String what, BooleanSupplier condition) {
    await(what, DEADLINE_SECONDS, condition);
  }

  /** The same for what may take longer. */
  public void await(String what, long seconds, BooleanSupplier condition) {
    Patience.await(what, seconds, condition, this::story);
  }

  private String story() {
    return "there are " + all() + "\n--- its log:\n" + String.join("\n", run.lines());
  }

  /** Whatever the test has done to it, nothing may be left when this returns. */
  @Override
  public void close() {
    if (run.process().isAlive()) {
      Proc.kill("TERM", lookout());
    }
    try {
      awaitEnd();
    } catch (AssertionError e) {
      leaks.add("a process outlived its server: " + e.getMessage());
      for (Proc left : all()) {
        Proc.kill("KILL", left.pid());
      }
    }
    run.tidy();
    if (!run.said().isEmpty()) {
      leaks.add("this was written to standard output: " + run.said());
    }
    if (!leaks.isEmpty()) {
      throw new AssertionError(String.join("\n", leaks));
    }
  }
}
