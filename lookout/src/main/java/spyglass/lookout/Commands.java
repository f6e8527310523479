package spyglass.lookout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import spyglass.log.StderrProvider;
import spyglass.master.MasterMain;
import spyglass.worker.WorkerMain;

/**
 * The command lines of the three processes: that of the worker stands at the end of the master's, and
 * the master's at the end of the lookout's. The figures behind the flags are in docs/measurements.md.
 */
final class Commands {

  /** For every JVM of ours. */
  private static final List<String> EACH =
      List.of(
          // One thread collects; a small heap needs no more, and each further one costs memory.
          "-XX:+UseSerialGC",
          // No file in /tmp for each process.
          "-XX:-UsePerfData",
          // What a JVM has to say it says on descriptor 1, thread dumps too; ours is a pipe to the
          // parent.
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          // Named, so that nobody searches every jar of the class path for another.
          "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
          "-Dslf4j.provider=" + StderrProvider.class.getName(),
          "-Dslf4j.internal.verbosity=WARN");

  /** For the one that sleeps: no compiler, small heap and stacks, no timers. */
  private static final List<String> LOOKOUT =
      List.of(
          "-Xint",
          "-Xmx16m",
          "-Xss256k",
          "-XX:+UseCompactObjectHeaders",
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:GuaranteedAsyncDeflationInterval=0");

  /** For the one that is started often and does little. */
  private static final List<String> MASTER =
      List.of("-XX:TieredStopAtLevel=1", "-Xmx32m", "-Xss256k");

  /** For the one that runs the app, which may bring native code, such as a database. */
  private static final List<String> WORKER = List.of("--enable-native-access=ALL-UNNAMED");

  private final Options options;
  private final String appClass;

  Commands(Options options, String appClass) {
    this.options = options;
    this.appClass = appClass;
  }

  List<String> lookout() {
    List<Class<?>> needed = List.of(LookoutMain.class, Logger.class, StderrProvider.class);
    String classPath = needed.stream().map(Commands::jarOf).collect(Collectors.joining(":"));
    List<String> command = java(LOOKOUT, LookoutMain.class, classPath);
    command.add("--");
    command.addAll(master());
    return command;
  }

  private List<String> master() {
    List<String> command = java(MASTER, MasterMain.class, jarOf(MasterMain.class));
    command.addAll(
        List.of("--workers", text(options.workers()), "--timeout", text(options.timeout())));
    command.addAll(
        List.of("--drain", text(options.drain()), "--wake-deadline", text(options.wakeDeadline())));
    command.add("--");
    command.addAll(worker());
    return command;
  }

  private List<String> worker() {
    String classPath = jarOf(WorkerMain.class) + ":" + options.jar().toAbsolutePath().normalize();
    List<String> command = java(WORKER, WorkerMain.class, classPath);
    command.addAll(List.of("--app", appClass, "--threads", text(options.threads())));
    command.addAll(
        List.of("--max-body", Long.toString(options.maxBody()), "--drain", text(options.drain())));
    return command;
  }

  private List<String> java(List<String> flags, Class<?> main, String classPath) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(EACH);
    command.addAll(flags);
    command.add("-D" + StderrProvider.VERBOSITY + "=" + options.verbosity());
    command.addAll(List.of("-cp", classPath, main.getName()));
    return command;
  }

  /** The jar a class of ours came from; it names the other jars it needs by itself. */
  private static String jarOf(Class<?> type) {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath()).toString();
  }

  private static String text(int number) {
    return Integer.toString(number);
  }
}
