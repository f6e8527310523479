package spyglass.lookout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import spyglass.log.StderrProvider;
import spyglass.master.FirstWorker;

/**
 * What each JVM of ours is told about itself. A cache belongs to the flags with which it was made, so what
 * rehearses, what assembles and what runs later take them from here. The figures behind them are in
 * docs/measurements.md.
 */
final class Flags {

  private static final String SERIAL = "-XX:+UseSerialGC";

  /** For every JVM of ours. */
  private static final List<String> EACH =
      List.of(
          // One thread collects; a small heap needs no more, and each further one costs memory.
          SERIAL,
          // A cache is mapped where it was made for: elsewhere its pages would be written to.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          // It holds no profiles: to compile by them at once takes processors from the start.
          "-XX:-AOTRecordTraining",
          "-XX:-AOTReplayTraining",
          "-XX:-UsePerfData",
          // A JVM says all it has to say on descriptor 1; the log is 2.
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          // A cache that does not fit any more is no news at every wake: it is left out.
          "-Xlog:aot*=off:stderr",
          "-Xlog:cds*=off:stderr",
          // Named, so that nobody searches every jar of the class path for another.
          "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
          "-Dslf4j.provider=" + StderrProvider.class.getName(),
          "-Dslf4j.internal.verbosity=WARN",
          "-D" + StderrProvider.QUEUED + "=true");

  /** No code is made for a call by reflection: that takes longer than the few calls of a start. */
  private static final String NATIVE_REFLECTION = "-Djdk.reflect.useNativeAccessorOnly=true";

  /**
   * For those that may be root's and that nobody needs to attach to: a debugger's socket in /tmp is a way
   * in. QUIT prints their threads all the same, and a worker keeps it for jcmd(1).
   */
  private static final String ALONE = "-XX:+DisableAttachMechanism";

  /** A child is forked. Left to itself, the JDK starts a helper of its own, which an update replaces. */
  private static final String FORK = "-Djdk.lang.Process.launchMechanism=FORK";

  /** For the one that sleeps: no compiler, small heap and stacks, no timers. */
  static final List<String> LOOKOUT =
      List.of(
          ALONE,
          "-Xint",
          "-Xmx16m",
          "-Xms2m",
          "-Xss256k",
          "-XX:+UnlockExperimentalVMOptions",
          // The JVM's own rounds, of which it makes some each second: one in ten minutes will do.
          "-XX:AsyncDeflationInterval=600000",
          "-XX:GuaranteedAsyncDeflationInterval=0",
          "-XX:ServiceThreadCleanupInterval=600000",
          // Its names are in the cache; larger tables would be empty.
          "-XX:SymbolTableSize=1024",
          "-XX:StringTableSize=128",
          // Two threads less.
          "--finalization=disabled",
          NATIVE_REFLECTION,
          FORK,
          // For FilePages.
          "--add-opens=java.base/java.nio=ALL-UNNAMED");

  /** For the JVM that makes the lookout's cache: it has more to do than one that sleeps. */
  static final List<String> ROOM = List.of("-Xmx64m", "-Xmn16m");

  /** While the lookout records: without a cache, all that it begins with is made by itself. */
  static final String LARGE_NURSERY = "-Xmn1m";

  /** The lookout's nursery: small, as what is thrown away there stays ours. */
  private static final int NURSERY_KB = 256;

  /** So long a command finds room in that. */
  private static final int SHORT_COMMAND = 8 << 10;

  /** What the compiler has freed goes back to the kernel; the C library would keep up to 40 MB. */
  private static final String TRIM = "-XX:TrimNativeHeapInterval=2000";

  /** For the one that is started often and does little. */
  static final List<String> MASTER =
      List.of(
          ALONE,
          "-XX:TieredStopAtLevel=1",
          "-Xmx32m",
          "-Xmn4m",
          "-Xss256k",
          TRIM,
          NATIVE_REFLECTION,
          FORK,
          FirstWorker.ACCESS);

  static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** What a worker's nursery begins with; it grows with the heap. Once full, all of it is occupied. */
  private static final String NURSERY = "-XX:NewSize=6m";

  /** Left to itself, Undertow's logging asks the JDK's, which opens every jar to look for another. */
  private static final String LOGGING = "-Dorg.jboss.logging.provider=slf4j";

  /** For the one that runs the app, which may bring native code, such as a database. */
  static final List<String> WORKER =
      List.of(NATIVE_ACCESS, TRIM, NURSERY, NATIVE_REFLECTION, LOGGING);

  /**
   * What a worker's heap begins with. Left to itself, the JVM would begin with all that it may have;
   * with less than this, it would collect so often that it shows.
   */
  static final long FIRST_HEAP = 48 << 20;

  /**
   * For master and worker where connections go from one to the other: they come as descriptors, and
   * only this package makes a channel of one, or tells a channel's.
   */
  static final List<String> PASSING =
      List.of(
          "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private Flags() {}

  /**
   * The lookout's nursery. A JVM that is not up yet cannot collect: it ends with "GC triggered before VM
   * initialization completed". By then it holds its command line, of which each character takes up to
   * eight bytes, and a class path may have hundreds of jars.
   */
  static String nursery(List<String> command) {
    int more = Math.max(0, String.join(" ", command).length() - SHORT_COMMAND);
    return "-Xmn" + (NURSERY_KB + more * 8 / 1024) + "k";
  }

  /** The part of a command line on which a cache depends. */
  static List<String> base(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(EACH);
    if (flags.stream().anyMatch(flag -> flag.matches("-XX:\\+Use\\w+GC"))) {
      // The user wants another collector, and a JVM takes one only.
      command.remove(SERIAL);
    }
    command.addAll(flags);
    return command;
  }
}
