package spyglass.lookout;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import spyglass.config.Catalogue;
import spyglass.config.Configuration;
import spyglass.config.Setting;
import spyglass.log.StderrProvider;
import spyglass.master.FirstWorker;
import spyglass.master.MasterMain;
import spyglass.worker.Accept;
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
          // A cache is mapped where it was made for: elsewhere its pages would be written to.
          "-XX:+UnlockDiagnosticVMOptions",
          "-XX:ArchiveRelocationMode=0",
          "-XX:-UsePerfData",
          // A JVM says all it has to say on descriptor 1; ours is a pipe to the parent.
          "-XX:+DisplayVMOutputToStderr",
          "-Xlog:disable",
          "-Xlog:all=warning:stderr",
          // A cache that does not fit any more is no news at every wake: it is left out.
          "-Xlog:aot*=off",
          "-Xlog:cds*=off",
          // Named, so that nobody searches every jar of the class path for another.
          "-Djava.nio.channels.spi.SelectorProvider=sun.nio.ch.EPollSelectorProvider",
          "-Dslf4j.provider=" + StderrProvider.class.getName(),
          "-Dslf4j.internal.verbosity=WARN");

  /** For the one that sleeps: no compiler, small heap and stacks, no timers. */
  private static final List<String> LOOKOUT =
      List.of(
          "-Xint",
          "-Xmx16m",
          "-Xms2m",
          // A small nursery: what is thrown away there stays ours.
          "-Xmn256k",
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
          "-XX:-AOTReplayTraining",
          "-Djdk.reflect.useNativeAccessorOnly=true",
          // For FilePages.
          "--add-opens=java.base/java.nio=ALL-UNNAMED");

  /** For the JVM that makes the lookout's cache: it has more to do than one that sleeps. */
  private static final List<String> ROOM = List.of("-Xmx64m", "-Xmn16m");

  /** What the compiler has freed goes back to the kernel; the C library would keep up to 40 MB. */
  private static final String TRIM = "-XX:TrimNativeHeapInterval=2000";

  /** For the one that is started often and does little. */
  private static final List<String> MASTER =
      List.of("-XX:TieredStopAtLevel=1", "-Xmx32m", "-Xmn4m", "-Xss256k", TRIM, FirstWorker.ACCESS);

  /** The system property in which an app finds where it may keep things. */
  private static final String DATA = "spyglass.data";

  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  /** What a worker's nursery begins with; it grows with the heap. Once full, all of it is occupied. */
  private static final String NURSERY = "-XX:NewSize=6m";

  /** For the one that runs the app, which may bring native code, such as a database. */
  private static final List<String> WORKER = List.of(NATIVE_ACCESS, TRIM, NURSERY);

  /**
   * What a worker's heap begins with. Left to itself, the JVM would begin with all that it may have;
   * with less than this, it would collect so often that it shows.
   */
  private static final long FIRST_HEAP = 48 << 20;

  /**
   * For master and worker where connections go from one to the other: they come as descriptors, and
   * only this package makes a channel of one, or tells a channel's.
   */
  private static final List<String> PASSING =
      List.of(
          "--sun-misc-unsafe-memory-access=allow", "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED");

  private final Configuration options;
  private final Served served;
  private final Caches caches;
  private final Folders folders;
  private final File lib;
  private final Place place;

  /**
   * Where a server can be found.
   *
   * @param name what people call it
   * @param url where it listens
   * @param control its control socket
   */
  record Place(String name, String url, Path control) {}

  /**
   * Commands for one server.
   *
   * @param lib the folder with our jars
   */
  Commands(
      Configuration options, Served served, Caches caches, Folders folders, File lib, Place place) {
    this.options = options;
    this.served = served;
    this.caches = caches;
    this.folders = folders;
    this.lib = lib;
    this.place = place;
  }

  /**
   * The whole; first what the lookout is told, then what it starts.
   *
   * @param told what only this start knows
   */
  List<String> lookout(List<String> told) {
    List<String> command = cached(LOOKOUT, Lib.LOOKOUT.classPath(lib), LookoutMain.class);
    tell(command, "protocol", "workers", "drain", "wake-deadline");
    command.addAll(List.of("--name", place.name(), "--listen", place.url()));
    command.addAll(List.of("--version", Grammar.release(), "--control", "" + place.control()));
    command.addAll(told);
    // In the other ways to accept, a worker's 0 is something that only its master has.
    if (accept() == Accept.SHARED && FirstWorker.canBeAdopted()) {
      command.addAll(List.of("--" + LookoutMain.TOGETHER, "true"));
    }
    if (options.isOn("with-parent")) {
      ProcessHandle.current()
          .parent()
          .ifPresent(
              parent -> command.addAll(List.of("--" + LookoutMain.PARENT, "" + parent.pid())));
    }
    command.add("--");
    command.addAll(master());
    return command;
  }

  private List<String> master() {
    List<String> flags = new ArrayList<>(MASTER);
    String jars = Lib.MASTER.classPath(lib);
    if (accept() != Accept.SHARED) {
      flags.add(NATIVE_ACCESS);
      flags.addAll(PASSING);
      flags.add(NativeLibrary.flag(folders.cache(), lib));
      jars += ":" + Lib.NATIVE.classPath(lib);
    }
    List<String> command = cached(flags, jars, MasterMain.class);
    tell(command, "accept", "workers", "timeout", "awake-at-least", "drain", "wake-deadline");
    tell(command, "stuck-timeout", "max-requests");
    command.addAll(List.of("--max-memory", "" + options.number("max-memory")));
    command.addAll(List.of("--" + MasterMain.CONTROL, place.control().toString()));
    command.add("--");
    command.addAll(worker());
    return command;
  }

  private List<String> worker() {
    // At the end, so that what stands before it is the same for every app and fits the cache.
    String app = caches.recording() ? "" : served.jars().classPath();
    List<String> flags = new ArrayList<>(WORKER);
    flags.add("-Xmx" + options.number("heap"));
    flags.add("-Xms" + Math.min(FIRST_HEAP, options.number("heap")));
    flags.add("-D" + DATA + "=" + folders.data().toAbsolutePath());
    String jars = Lib.WORKER.classPath(lib);
    if (accept() == Accept.PASS) {
      flags.addAll(PASSING);
      flags.add(NativeLibrary.flag(folders.cache(), lib));
      jars += ":" + Lib.NATIVE.classPath(lib);
    }
    List<String> command = cached(flags, jars + app, WorkerMain.class);
    command.addAll(List.of("--app", served.name()));
    tell(command, "accept", "threads", "drain", "trust", "proxy-protocol", "protocol", "engine");
    tell(command, "probe", "stuck-timeout");
    options
        .told()
        .forEach((name, said) -> command.addAll(List.of("--option." + name, said.text())));
    for (Setting limit : Catalogue.limits()) {
      command.addAll(List.of("--" + limit.name(), "" + options.number(limit.name())));
    }
    return command;
  }

  private Accept accept() {
    return Accept.of(options.text("accept"));
  }

  private void tell(List<String> command, String... names) {
    for (String name : names) {
      command.addAll(List.of("--" + name, options.text(name)));
    }
  }

  private List<String> cached(List<String> flags, String classPath, Class<?> main) {
    List<String> command = base(flags);
    // The JVM would refuse a cache that was made without these, and say so at each wake.
    if (!flags.containsAll(PASSING)) {
      command.addAll(caches.flags(main));
    }
    command.addAll(program(classPath, main));
    return command;
  }

  private List<String> program(String classPath, Class<?> main) {
    String verbosity = "-D" + StderrProvider.VERBOSITY + "=" + options.text("verbose");
    return List.of(verbosity, "-cp", classPath, main.getName());
  }

  /** The part of a command line on which a cache depends. */
  private static List<String> base(List<String> flags) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(EACH);
    command.addAll(flags);
    return command;
  }

  /** The commands that make the caches out of what a rehearsal has recorded. */
  static List<List<String>> assembly(Caches caches, File lib) {
    List<String> lookout = Stream.of(LOOKOUT, ROOM).flatMap(List::stream).toList();
    return List.of(
        assembly(caches, lookout, Lib.LOOKOUT.classPath(lib), LookoutMain.class),
        assembly(caches, MASTER, Lib.MASTER.classPath(lib), MasterMain.class),
        assembly(caches, WORKER, Lib.WORKER.classPath(lib), WorkerMain.class));
  }

  private static List<String> assembly(
      Caches caches, List<String> flags, String classPath, Class<?> main) {
    List<String> command = base(flags);
    command.addAll(caches.assemblyFlags(main));
    command.addAll(List.of("-cp", classPath));
    return command;
  }
}
