package spyglass.training;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.WorkingFolder;

/**
 * What a worker that records does in the end. The JVM writes a recording after all else, even after the
 * app's shutdown hooks, and takes half a second for it. Nobody shall wait that long: so once the app
 * has had its last word, the master is told that this worker is as good as gone, and a process is
 * started that makes a cache of the recording when it is.
 *
 * @param cache what is to be made
 * @param recording what the JVM writes
 * @param stamp what the jars were like before it read them
 */
public record Recording(Path cache, Path recording, String stamp) {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** With the lowest priority; and what it makes is its owner's alone, whatever the app's umask is. */
  private static final List<String> ASIDE =
      List.of("sh", "-c", "umask 077; exec nice -n 19 \"$@\"", "sh");

  private static final long LOOK_MILLIS = 2;

  /** How long the app's own hooks are waited for, once the JVM has started them: visitors wait too. */
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** What is the last thing to be done by the worker itself. */
  public interface Goodbye {

    /** Tells those who wait for its end. */
    void say() throws IOException;
  }

  /** What this worker is to record, if it is the one. */
  public static Optional<Recording> told() {
    String cache = property(Training.CACHE);
    return cache.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Recording(
                Path.of(cache), Path.of(property(Training.RECORDING)), property(Training.STAMP)));
  }

  private static String property(String name) {
    return System.getProperty(Training.TOLD.substring("-D".length()) + name, "");
  }

  /**
   * To be called by the thread that exits next.
   *
   * @param used whether anybody has come to this worker, so that what an app does then is recorded
   */
  public void beforeExit(boolean used, Goodbye goodbye) {
    Set<Thread> known = threads();
    Thread exiting = Thread.currentThread();
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> end(exiting, known, used, goodbye), "recording"));
  }

  private void end(Thread exiting, Set<Thread> known, boolean used, Goodbye goodbye) {
    known.add(Thread.currentThread());
    try {
      if (haveEnded(exiting, known)) {
        startAssembler(used);
        // It closes the listening socket, and the JDK then makes /dev/null of 0, 1 and 2: the JVM's
        // word
        // of where its recording is comes after that, and is read by nobody.
        goodbye.say();
      } else {
        LOG.debug("no cache will be made: the app's shutdown hooks take long");
        new AppCache(cache).giveUp(stamp);
      }
    } catch (IOException e) {
      LOG.debug("no cache will be made of what was recorded: {}", e.getMessage());
      new AppCache(cache).giveUp(stamp);
    } catch (InterruptedException e) {
      // Nobody does that; then those who wait do so for our real end.
    }
  }

  /**
   * Shutdown hooks run side by side, ours among the app's, and we are to be the last: a new process of
   * the app must not begin while this one still puts things away. The thread that exits starts all of
   * them and then waits; and what there is then that was not there before is a hook, or its helper.
   */
  private static boolean haveEnded(Thread exiting, Set<Thread> known) throws InterruptedException {
    long began = System.nanoTime();
    while (exiting.getState() != Thread.State.WAITING || !known.containsAll(threads())) {
      if (System.nanoTime() - began > LONGEST_NANOS) {
        return false;
      }
      Thread.sleep(LOOK_MILLIS);
    }
    return true;
  }

  private static Set<Thread> threads() {
    return new HashSet<>(Thread.getAllStackTraces().keySet());
  }

  private void startAssembler(boolean used) throws IOException {
    List<String> ours = own();
    List<String> command = new ArrayList<>(ASIDE);
    command.addAll(flags(ours));
    command.addAll(List.of(AssemblerMain.class.getName(), cache.toString(), recording.toString()));
    command.add(used ? stamp : AssemblerMain.UNUSED);
    command.addAll(ours);
    // Its descriptor 0 is a pipe, and we hold the other end: when that end is closed, we are gone.
    ProcessBuilder assembler =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.INHERIT);
    WorkingFolder.ensure(assembler, LOG);
    assembler.start();
  }

  /** Our own command line; the JDK would tell the first page of it only. */
  private static List<String> own() throws IOException {
    String line =
        new String(
            Files.readAllBytes(Path.of("/proc/self/cmdline")),
            Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8")));
    List<String> own = new ArrayList<>(List.of(line.split("\0", -1)));
    own.removeLast();
    return own;
  }

  /** The beginning of a command line, up to the class path, without what is said of caches. */
  static List<String> flags(List<String> command) {
    return Training.bare(command.subList(0, command.indexOf("-cp") + 2));
  }
}
