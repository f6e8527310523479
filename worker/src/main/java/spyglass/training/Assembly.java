package spyglass.training;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;

/** From a recording to a cache: made aside, tried, and then put in place. */
final class Assembly {

  private static final Logger LOG = LoggerFactory.getLogger("Assembler");

  private static final long LONGEST_SECONDS = 120;

  private final AppCache cache;
  private final Path recording;
  private final String stamp;
  private final List<String> worker;
  private final Path aside;
  private boolean withdrawn;

  /**
   * An assembly to be made.
   *
   * @param stamp what the jars were like before the worker read them
   * @param worker the command line of the worker that has recorded
   */
  Assembly(AppCache cache, Path recording, String stamp, List<String> worker) {
    this.cache = cache;
    this.recording = recording;
    this.stamp = stamp;
    this.worker = worker;
    this.aside = Path.of(recording + ".aot");
  }

  /**
   * The worker has nobody to serve any more, and is to write its recording in the time that others
   * leave. A priority is each thread's own (sched(7)), so each is named. Without renice(1) it is not
   * done.
   */
  void slowDownWorker() throws InterruptedException {
    long pid = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L);
    List<String> command = new ArrayList<>(List.of("renice", "-n", "19", "-p"));
    String[] threads = Path.of("/proc/" + pid + "/task").toFile().list();
    // Our parent may have ended, and have been followed by one that is no worker.
    if (threads != null && recordsHere(pid)) {
      command.addAll(List.of(threads));
      try {
        finish(command);
      } catch (IOException e) {
        LOG.debug("the worker could not be slowed down: {}", e.getMessage());
      }
    }
  }

  private boolean recordsHere(long pid) {
    try {
      String line =
          Files.readString(Path.of("/proc/" + pid + "/cmdline"), StandardCharsets.ISO_8859_1);
      return line.contains(String.valueOf(recording.getFileName()));
    } catch (IOException e) {
      return false;
    }
  }

  /** Has the first worker record next time: this one, a later one, has met nobody. */
  void leaveToFirst() throws IOException {
    LOG.debug("nobody came to the worker that has recorded: next time it is the first that does");
    Files.deleteIfExists(recording);
    Files.write(cache.mark(), new byte[0]);
  }

  /** Leaves nothing behind, and has it not be tried again today. */
  void giveUp() {
    recording.toFile().delete();
    aside.toFile().delete();
    said().toFile().delete();
    cache.giveUp(stamp);
  }

  /** Whether the recording was taken away, as the server was stopped. */
  boolean isWithdrawn() {
    return withdrawn;
  }

  /** Makes it, unless there is one by now or it would not fit any more. */
  void make() throws IOException, InterruptedException {
    try (Queue queue = Queue.in(cache.base().resolveSibling("."))) {
      if (!queue.isMyTurn()) {
        LOG.debug("another cache is being made and one waits: no cache is made of this recording");
      } else if (Files.exists(recording) && Files.size(recording) > 0 && !cache.fits(worker)) {
        assemble();
      }
    } finally {
      withdrawn = !Files.deleteIfExists(recording);
      Files.deleteIfExists(aside);
    }
  }

  private void assemble() throws IOException, InterruptedException {
    List<String> before = AppCache.stamp(worker);
    if (!stamp.equals(Training.hash(before))) {
      LOG.debug("the jars have changed since the worker read them: no cache is made");
      return;
    }
    long began = System.nanoTime();
    List<String> flags = Recording.flags(worker);
    finish(with(flags, "-XX:AOTMode=create", "-XX:AOTConfiguration=" + recording, use(aside)));
    // A JVM that may not do without it says so if it cannot use it. Behind -version java reads
    // nothing.
    List<String> trial = new ArrayList<>(with(flags, "-XX:AOTMode=on", use(aside)));
    trial.add("-version");
    finish(trial);
    List<String> page = cache.write(Files.size(aside), worker, before, Hashes.of(worker));
    Path written = Files.write(Path.of(recording + ".txt"), page);
    cache.drop();
    Files.move(aside, cache.file(), StandardCopyOption.ATOMIC_MOVE);
    Files.move(written, cache.page(), StandardCopyOption.ATOMIC_MOVE);
    LOG.debug(
        "made a cache of {} MB in {} ms: the next wake is trained",
        Files.size(cache.file()) >> 20,
        TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began));
    try {
      Leftovers.removeOthers(cache);
    } catch (IOException e) {
      LOG.debug("cannot clear away old caches: {}", e.toString());
    }
  }

  private Path said() {
    return Path.of(recording + ".log");
  }

  private static String use(Path file) {
    return "-XX:AOTCache=" + file;
  }

  private static List<String> with(List<String> flags, String... more) {
    int classPath = flags.indexOf("-cp");
    return Stream.of(
            flags.subList(0, classPath), List.of(more), flags.subList(classPath, flags.size()))
        .flatMap(List::stream)
        .toList();
  }

  private void finish(List<String> command) throws IOException, InterruptedException {
    Path said = said();
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(said.toFile())
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .start();
      if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      if (process.exitValue() != Exit.FINE) {
        String how = Exit.inWords(process.exitValue());
        throw new IOException((how + " " + Files.readString(said)).replaceAll("\\R", " "));
      }
    } finally {
      Files.deleteIfExists(said);
    }
  }
}
