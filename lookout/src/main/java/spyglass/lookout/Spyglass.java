package spyglass.lookout;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.UnmatchedArgumentException;
import spyglass.http.proxy.Trust;
import spyglass.log.StderrProvider;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/** The command line. It checks all that can be checked before anything listens. */
@Command(
    name = "spyglass",
    sortOptions = false,
    usageHelpWidth = 100,
    mixinStandardHelpOptions = true,
    versionProvider = Spyglass.Version.class,
    description = "Serves a Java web app that costs almost nothing while nobody visits.",
    footer = {
      "",
      "Exit status: 0 all went as asked; 100 wrong use, nothing was started; 111 a system call",
      "failed; 128+n ended by signal n. TERM or Ctrl-C ends it in order."
    })
@SuppressWarnings("NullAway.Init") // picocli sets the fields
public final class Spyglass implements java.util.concurrent.Callable<Integer> {

  @Parameters(arity = "0..*", paramLabel = "app.jar", description = "The jar that brings the app.")
  private List<String> jars;

  @Mixin private ListenOptions listen;

  @Option(
      names = "--workers",
      defaultValue = "2",
      description = "Processes that answer. (${DEFAULT-VALUE})")
  private String workers;

  @Option(
      names = "--timeout",
      defaultValue = "30",
      description = "Seconds without a visitor until all but the lookout exit. (${DEFAULT-VALUE})")
  private String timeout;

  @Option(
      names = "--threads",
      defaultValue = "64",
      description = "Requests in the app at once, for each worker. (${DEFAULT-VALUE})")
  private String threads;

  @Option(
      names = "--heap",
      defaultValue = "256MiB",
      description = "Most memory for the app's objects, for each worker. (${DEFAULT-VALUE})")
  private String heap;

  @Option(
      names = "--backlog",
      defaultValue = "1024",
      description = "Connections that may wait while nobody accepts. (${DEFAULT-VALUE})")
  private String backlog;

  @Option(
      names = "--app",
      paramLabel = "CLASS",
      description = "The app's class, for a jar that offers several or none.")
  private @Nullable String app;

  @Option(
      names = "--protocol",
      defaultValue = WorkerMain.HTTP,
      paramLabel = "NAME",
      description = "What connections speak: http, or one that the jar brings. (${DEFAULT-VALUE})")
  private String protocol;

  @Option(
      names = "--option",
      paramLabel = "PROTOCOL.OPTION=VALUE",
      description = "Tells a protocol something; may be said again for another.")
  private Map<String, String> protocolOptions = Map.of();

  @Option(
      names = "--engine",
      defaultValue = "loop",
      description =
          "What carries connections: loop, one thread that waits for all, or thread, a virtual"
              + " thread each. (${DEFAULT-VALUE})")
  private String engine;

  @Option(
      names = "--drain",
      defaultValue = "30",
      description = "Seconds for accepted requests to finish at an end. (${DEFAULT-VALUE})")
  private String drain;

  @Option(
      names = "--wake-deadline",
      defaultValue = "60",
      description = "Seconds for a first worker to start; then 503. (${DEFAULT-VALUE})")
  private String wakeDeadline;

  @Option(
      names = "--accept",
      defaultValue = "shared",
      paramLabel = "WAY",
      description =
          "Workers accept (shared), or are passed (pass), or are started for one (spawn).")
  private String accept;

  @Option(
      names = "--trust",
      defaultValue = "",
      paramLabel = "CIDR,...",
      description =
          "Proxies whose Forwarded and X-Forwarded-* are believed, as addresses and networks, or"
              + " unix for whoever comes over a Unix socket; nobody by default.")
  private String trust;

  @Option(
      names = "--proxy-protocol",
      description =
          "Each connection must begin with a PROXY header (version 1 or 2), which is believed; any"
              + " other is closed.")
  private boolean proxyProtocol;

  @Mixin private LimitOptions limits;

  @Option(
      names = {"-v", "--verbose"},
      description = "Say who starts and who leaves; -vv: say more.")
  private boolean[] verbose = {};

  /** For picocli. */
  public Spyglass() {}

  /** Runs the command; on success this process goes on as the lookout. */
  public static void main(String[] args) {
    CommandLine command = new CommandLine(new Spyglass());
    command.setParameterExceptionHandler((e, given) -> fail(explain(e)));
    command.setExecutionExceptionHandler((e, line, result) -> {
      if (e instanceof Misuse) {
        return fail(e.getMessage());
      }
      System.err.println("spyglass: " + e.getMessage());
      return Exit.SYSTEM;
    });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    Options options = checked();
    System.setProperty(StderrProvider.VERBOSITY, Integer.toString(options.verbosity()));
    new Server(options).becomeLookout();
    return Exit.FINE;
  }

  private Options checked() throws Misuse {
    if (jars == null || jars.size() != 1 || jars.getFirst().isBlank()) {
      throw new Misuse("name one jar to serve: spyglass [options] app.jar (--help lists them)");
    }
    return new Options(
        Path.of(jars.getFirst()),
        app,
        protocol,
        protocolOptions,
        engine(engine),
        listen.checked(),
        Numbers.between("--backlog", backlog, 1, 65_535),
        Numbers.between("--workers", workers, 1, 256),
        Numbers.between("--threads", threads, 1, 10_000),
        Numbers.heap("--heap", heap),
        Numbers.between("--timeout", timeout, 1, 31_536_000),
        Numbers.between("--drain", drain, 1, 86_400),
        Numbers.between("--wake-deadline", wakeDeadline, 1, 86_400),
        wayToAccept(accept),
        trusted(trust),
        proxyProtocol,
        limits.checked(),
        Math.min(verbose.length, 2));
  }

  private static String engine(String name) throws Misuse {
    if (!name.equals("loop") && !name.equals("thread")) {
      throw new Misuse("--engine " + name + ": give loop or thread");
    }
    return name;
  }

  private static Accept wayToAccept(String word) throws Misuse {
    try {
      return Accept.of(word);
    } catch (IllegalArgumentException e) {
      throw new Misuse("--accept " + word + ": it is shared, pass or spawn");
    }
  }

  private static String trusted(String list) throws Misuse {
    try {
      if (!list.isEmpty()) {
        Trust.parse(list);
      }
      return list;
    } catch (IllegalArgumentException e) {
      throw new Misuse("--trust " + list + ": " + e.getMessage());
    }
  }

  private static int fail(@Nullable String message) {
    // One line, whatever was typed: even a file's name can hold a line end.
    System.err.println("spyglass: " + String.valueOf(message).replaceAll("\\R", " "));
    return Exit.USAGE;
  }

  private static String explain(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      String typed = unmatched.getUnmatched().getFirst().replaceFirst("=.*", "");
      Stream<String> known = e.getCommandLine().getCommandSpec().optionsMap().keySet().stream();
      return "unknown option "
          + typed
          + Spelling.nearest(typed, known.filter(name -> name.startsWith("--")))
              .map(name -> ": did you mean " + name + "?")
              .orElse(": --help lists them");
    }
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("wrong use") + ": see --help";
  }

  /** The version, from our jar's manifest. */
  static final class Version implements CommandLine.IVersionProvider {
    @Override
    public String[] getVersion() {
      String ours = Spyglass.class.getPackage().getImplementationVersion();
      return new String[] {"spyglass " + ours + " on Java " + Runtime.version()};
    }
  }
}
