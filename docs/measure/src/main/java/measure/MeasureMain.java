package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command line. */
@Command(
    name = "measure",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Measures Spyglass beside its peers, in turns.",
    exitCodeOnInvalidInput = 100,
    exitCodeOnExecutionException = 111)
final class MeasureMain implements Callable<Integer> {

  private static final String PAGE = "page";

  @Parameters(
      paramLabel = "PROGRAM",
      description =
          "idle: memory of who has nothing to do. wake: first byte from asleep. load: CPU, "
              + "throughput, waiting, allocation. many: memory of idle connections. cycles: growth "
              + "over many sleeps. parse: bytes to a request. page: puts what --out holds into "
              + "docs/measurements.md. All but page, if none is named.")
  private final Set<String> programs = new LinkedHashSet<>();

  @Option(
      names = "--rounds",
      description =
          "How often each figure is taken. (wake and parse: 11, load: 5, idle and many: 3)")
  private int rounds;

  @Option(names = "--seconds", description = "How long each load lasts. (${DEFAULT-VALUE})")
  private double seconds = 1;

  @Option(names = "--cycles", description = "How many sleeps cycles has. (${DEFAULT-VALUE})")
  private int cycles = 300;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "PEER",
      description =
          "Which peers: JDK, Undertow, Jetty, Helidon, microhttp, nginx, uwsgi. (all that are "
              + "installed)")
  private final Set<String> only = new LinkedHashSet<>();

  @Option(names = "--tiny", description = "Seconds for each program: to see that it works.")
  private boolean tiny;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where NAME.csv, NAME.svg and NAME.md go. (docs/measure/target/measured)")
  private @Nullable Path out;

  private MeasureMain() {}

  public static void main(String[] args) {
    // There is nothing to be shown on a screen, and there may be none.
    System.setProperty("java.awt.headless", "true");
    System.exit(
        new CommandLine(new MeasureMain())
            .setExecutionExceptionHandler((problem, line, parsed) -> {
              System.err.println("measure: " + problem);
              return 111;
            })
            .execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Checkout checkout = Checkout.find();
    Path folder = out == null ? checkout.root().resolve("docs/measure/target/measured") : out;
    Files.createDirectories(folder);
    List<String> wanted = new ArrayList<>(programs.isEmpty() ? Page.PROGRAMS : programs);
    boolean page = wanted.remove(PAGE);
    for (String name : wanted) {
      if (!Page.PROGRAMS.contains(name)) {
        System.err.println("measure: no program " + name + ": see --help");
        return 100;
      }
    }
    for (String peer : only) {
      if (!Subject.PEERS.contains(peer)) {
        System.err.println("measure: no peer " + peer + ": see --help");
        return 100;
      }
    }
    double each = tiny ? Math.min(seconds, 0.1) : seconds;
    try (Bench bench = Bench.open(new Bench.Wishes(rounds, each, tiny, only))) {
      for (String name : wanted) {
        run(bench, program(name), folder);
      }
    }
    if (page) {
      return renew(checkout, folder);
    } else {
      System.out.println(Bars.of(Page.figures(folder)));
    }
    return 0;
  }

  private Program program(String name) {
    return switch (name) {
      case "idle" -> new Idle();
      case "wake" -> new Wake();
      case "load" -> new Throughput();
      case "many" -> new Many();
      case "cycles" -> new Cycles(cycles);
      default -> new Parse();
    };
  }

  private static void run(Bench bench, Program program, Path folder) throws IOException {
    Results results = new Results();
    Machine.describe(bench, results);
    program.measure(bench, results);
    String tables = Tables.of(results);
    results.write(folder.resolve(program.name() + ".csv"));
    Files.writeString(folder.resolve(program.name() + ".md"), tables);
    Files.writeString(folder.resolve(program.name() + ".svg"), Picture.svg(results));
    System.out.println(tables);
  }

  private static int renew(Checkout checkout, Path folder) throws IOException {
    for (Map.Entry<String, Results> entry : Page.figures(folder).entrySet()) {
      if (entry.getValue().about().containsKey(Machine.TINY)) {
        System.err.println(
            "measure: " + folder.resolve(entry.getKey() + ".csv") + " is of --tiny: for no page");
        return 100;
      }
    }
    Path docs = checkout.root().resolve("docs");
    Path kept = Files.createDirectories(docs.resolve(Page.FOLDER));
    for (String name : Page.figures(folder).keySet()) {
      for (String file : List.of(name + ".csv", name + ".svg")) {
        Files.copy(folder.resolve(file), kept.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    Path page = docs.resolve("measurements.md");
    Files.writeString(page, Page.renewed(Files.readString(page), Page.figures(kept)));
    System.err.println("measure: renewed " + page);
    return 0;
  }
}
