package spyglass.lookout;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spyglass.config.Catalogue;
import spyglass.config.Configuration;
import spyglass.config.JvmVariables;
import spyglass.config.Kind;
import spyglass.config.Setting;
import spyglass.log.StderrProvider;
import spyglass.master.FirstWorker;
import spyglass.master.MasterMain;
import spyglass.process.Parent;
import spyglass.training.AppCache;
import spyglass.training.Training;
import spyglass.unix.NativeLibrary;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/**
 * The command lines of the three processes: that of the worker stands at the end of the master's, and
 * the master's at the end of the lookout's. What they are told about themselves is in {@link Flags}.
 */
final class Commands {

  /** The system property in which an app finds where it may keep things. */
  private static final String DATA = "spyglass.data";

  private final Configuration options;
  private final Served served;
  private final Caches caches;
  private final Folders folders;
  private final Optional<Path> apps;
  private final List<Path> lib;
  private final Place place;
  private final JvmVariables variables;

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
   * @param apps the folder of the apps' caches; none where there are to be none
   * @param lib our jars
   * @param variables what else the workers' JVMs are told
   */
  Commands(
      Configuration options,
      Served served,
      Caches caches,
      Folders folders,
      Optional<Path> apps,
      List<Path> lib,
      Place place,
      JvmVariables variables) {
    this.variables = variables;
    this.apps = apps;
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
    List<String> command = cached(Flags.LOOKOUT, Lib.LOOKOUT.classPath(lib), LookoutMain.class);
    tell(command, "protocol", "drain", "wake-deadline");
    tellWorkers(command);
    command.addAll(List.of("--name", place.name(), "--listen", place.url()));
    command.addAll(List.of("--version", Grammar.release(), "--control", "" + place.control()));
    command.addAll(told);
    // In the other ways to accept, a worker's 0 is something that only its master has.
    if (accept() == Accept.SHARED && FirstWorker.canBeAdopted()) {
      command.addAll(List.of("--" + LookoutMain.WORKER_FIRST, "true"));
    }
    if (options.isOn("with-parent")) {
      Parent.starter()
          .ifPresent(starter -> command.addAll(List.of("--" + LookoutMain.PARENT, starter)));
    }
    command.add("--");
    command.addAll(master());
    command.add(1, caches.recording() ? Flags.LARGE_NURSERY : Flags.nursery(command));
    return command;
  }

  private List<String> master() {
    List<String> flags = new ArrayList<>(Flags.MASTER);
    String jars = Lib.MASTER.classPath(lib);
    if (accept() != Accept.SHARED) {
      flags.add(Flags.NATIVE_ACCESS);
      flags.addAll(Flags.PASSING);
      flags.addAll(NativeLibrary.flags());
      jars += ":" + Lib.NATIVE.classPath(lib);
    }
    List<String> command = cached(flags, jars, MasterMain.class);
    tell(command, "accept", "timeout", "awake-at-least", "drain", "wake-deadline");
    tellWorkers(command);
    tell(command, "stuck-timeout", "max-requests");
    command.addAll(List.of("--max-memory", "" + options.number("max-memory")));
    command.addAll(List.of("--" + MasterMain.CONTROL, place.control().toString()));
    Optional<AppCache> cache = appCache();
    if (cache.isPresent()) {
      command.addAll(List.of("--" + Training.APP, "" + cache.get().base()));
      // A worker without the other goes with this one, which may not be in the command at the end.
      caches
          .file(WorkerMain.class)
          .ifPresent(it -> command.addAll(List.of("--" + Training.OWN, it)));
    }
    command.add("--");
    command.addAll(worker());
    return command;
  }

  /**
   * The cache of this app, made already or to be made. Who is passed connections needs flags with
   * which the JVM makes none, and who is started for one is not there for long enough to record.
   */
  Optional<AppCache> appCache() {
    boolean can = accept() == Accept.SHARED && !caches.recording() && !variables.hasAgent();
    return apps.filter(folder -> can).map(folder -> AppCache.of(folder, worker()));
  }

  /** Does away with that cache if its jars hold something else by now. */
  void checkAppCache() {
    appCache().ifPresent(cache -> AppCaches.check(cache, worker()));
  }

  private List<String> worker() {
    // At the end, so that what stands before it is the same for every app and fits the cache.
    String app = caches.recording() ? "" : served.jars().classPath();
    List<String> flags = new ArrayList<>(variables.before());
    flags.addAll(Flags.WORKER);
    flags.add("-Xmx" + options.number("heap"));
    flags.add("-Xms" + Math.min(Flags.FIRST_HEAP, options.number("heap")));
    flags.add("-D" + DATA + "=" + folders.data().toAbsolutePath());
    flags.addAll(Kind.JavaOptions.words(options.text("java-opts")));
    flags.addAll(variables.after());
    String jars = Lib.WORKER.classPath(lib);
    if (accept() == Accept.PASS) {
      flags.addAll(Flags.PASSING);
      flags.addAll(NativeLibrary.flags());
      jars += ":" + Lib.NATIVE.classPath(lib);
    }
    List<String> command = cached(flags, jars + app, WorkerMain.class);
    command.addAll(List.of("--app", served.name()));
    command.addAll(List.of("--" + WorkerMain.SINGLE, "" + served.single()));
    tell(command, "accept", "threads", "drain", "trust", "proxy-protocol", "protocol");
    tell(command, "probe", "stuck-timeout");
    options
        .told()
        .forEach((name, said) -> command.addAll(List.of("--option." + name, said.text())));
    for (Setting limit : Catalogue.limits()) {
      command.addAll(List.of("--" + limit.name(), "" + options.number(limit.name())));
    }
    return command;
  }

  private void tellWorkers(List<String> command) {
    command.addAll(List.of("--workers", "" + served.workers(options)));
    command.addAll(List.of("--" + WorkerMain.SINGLE, "" + served.single()));
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
    List<String> command = Flags.base(flags);
    // The JVM would refuse a cache that was made without these, and say so at each wake.
    boolean agent = main == WorkerMain.class && variables.hasAgent();
    if (!flags.containsAll(Flags.PASSING) && !agent) {
      command.addAll(caches.flags(main));
    }
    command.addAll(program(classPath, main));
    return command;
  }

  private List<String> program(String classPath, Class<?> main) {
    String verbosity = "-D" + StderrProvider.VERBOSITY + "=" + options.text("verbose");
    return List.of(verbosity, "-cp", classPath, main.getName());
  }
}
