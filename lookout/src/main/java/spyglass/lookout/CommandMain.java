package spyglass.lookout;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.AutoComplete;
import picocli.CommandLine;
import spyglass.config.Address;
import spyglass.config.ConfigText;
import spyglass.config.Configuration;
import spyglass.config.Endpoint;
import spyglass.config.JvmVariables;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Setting;
import spyglass.config.Sources;
import spyglass.config.Spelling;
import spyglass.config.Variables;
import spyglass.log.StderrProvider;
import spyglass.process.Exit;
import spyglass.status.Operator;
import spyglass.status.Servers;

/** The command {@code spyglass}. It checks all that can be checked before anything listens. */
public final class CommandMain {

  private final Map<String, String> environment;
  private final PrintStream out;

  CommandMain(Map<String, String> environment, PrintStream out) {
    this.environment = environment;
    this.out = out;
  }

  /** Runs the command; when it serves, this process goes on as the lookout. */
  public static void main(String[] args) {
    Complaint complaint = new Complaint();
    Screen.guard();
    int status = exitOf(args, complaint);
    if (status != Exit.FINE) {
      complaint.pause();
    }
    System.exit(status);
  }

  private static int exitOf(String[] args, Complaint complaint) {
    try {
      return new CommandMain(System.getenv(), System.out).run(args);
    } catch (Misuse e) {
      complaint.tell(String.valueOf(e.getMessage()));
      return Exit.USAGE;
    } catch (IOException | RuntimeException | Error e) {
      // An error too, of memory or of a library: a stack trace helps nobody who starts a server.
      complaint.tell(Complaint.words(e));
      return Exit.SYSTEM;
    }
  }

  /**
   * Returns when all is done; when it serves, only if something is wrong.
   *
   * @return the status to exit with
   */
  int run(String... args) throws Misuse, IOException {
    int status = Exit.FINE;
    Grammar grammar = new Grammar();
    Grammar.Typed typed = grammar.parse(args);
    if (typed.line().isUsageHelpRequested()) {
      Usage.print(typed.line(), out);
    } else if (typed.line().isVersionHelpRequested()) {
      typed.line().printVersionHelp(out, CommandLine.Help.Ansi.OFF);
    } else {
      status = carryOut(grammar, typed);
    }
    out.flush();
    return status;
  }

  private int carryOut(Grammar grammar, Grammar.Typed typed) throws Misuse, IOException {
    switch (typed.verb()) {
      case SERVE -> serve(options(typed));
      case CHECK -> check(options(typed));
      case CONFIG -> out.print(print(options(typed)));
      case HELP ->
          new Help(out, grammar).show(Sources.read(environment, typed.said()), typed.words());
      case UNIT -> out.print(unit(typed));
      case CACHE -> {
        return cache(typed);
      }
      case COMPLETION -> out.print(AutoComplete.bash(Grammar.NAME, grammar.line()));
      case MANUAL -> out.print(Manual.of(grammar));
      case STATUS, STOP, RELOAD, SCALE, WAKE, SLEEP, METRICS -> {
        return order(typed);
      }
    }
    return Exit.FINE;
  }

  private int cache(Grammar.Typed typed) throws Misuse, IOException {
    List<String> words = new ArrayList<>(typed.words());
    String what = words.isEmpty() ? "" : words.removeFirst();
    List<Said> said = new ArrayList<>(typed.said());
    words.stream().limit(1).forEach(jar -> said.add(new Said("jar", jar, new Origin.Typed())));
    Configuration options = Sources.read(environment, said);
    CacheCommand command = new CacheCommand(Folders.of(options, environment).cache(), out);
    boolean one = words.size() < 2;
    if (what.equals("list") && words.isEmpty()) {
      command.list();
    } else if (what.equals("clear") && one) {
      command.clear(words.isEmpty() ? Optional.empty() : options.paths("jar").stream().findFirst());
    } else if (what.equals("train") && !words.isEmpty()) {
      Configuration chosen = Offers.choose(options);
      return new CacheTraining(chosen, served(chosen), out).run(words.subList(1, words.size()));
    } else {
      throw new Misuse("say cache list, cache clear [app.jar], or cache train app.jar");
    }
    return Exit.FINE;
  }

  /** What is for a server that runs already. */
  private int order(Grammar.Typed typed) throws Misuse, IOException {
    Configuration options = Sources.read(environment, typed.said());
    List<String> words = new ArrayList<>(typed.words());
    String verb = typed.verb().word();
    if (typed.verb() == Verb.SCALE) {
      if (words.isEmpty() || !words.getFirst().matches("[0-9]{1,9}")) {
        throw new Misuse("scale: give a number of workers: spyglass scale 3");
      }
      verb += " " + words.removeFirst();
    }
    if (words.size() > 1) {
      throw new Misuse(verb + " " + String.join(" ", words) + ": name one server");
    }
    Optional<String> name = words.stream().findFirst().or(() -> options.find("name"));
    Operator operator = new Operator(new Servers(Folders.runs(options, environment)), out);
    return switch (typed.verb()) {
      case STATUS -> operator.status(name, typed.form());
      case METRICS -> operator.metrics(name);
      default -> operator.order(verb, name);
    };
  }

  private Configuration options(Grammar.Typed typed) throws Misuse {
    return Offers.choose(Sources.read(environment, said(typed)));
  }

  private static List<Said> said(Grammar.Typed typed) throws Misuse {
    List<Said> said = new ArrayList<>(typed.said());
    if (typed.verb() == Verb.SERVE && !typed.words().isEmpty()) {
      checkCommand(typed.words().getFirst());
    }
    if (typed.words().size() > 1) {
      throw new Misuse(Served.NO_JAR);
    }
    for (String jar : typed.words()) {
      said.add(new Said("jar", jar, new Origin.Typed()));
    }
    return said;
  }

  /** A word that is no file, and no path of one, was meant to be a command. */
  private static void checkCommand(String word) throws Misuse {
    if (word.matches("[A-Za-z-]+") && !Files.exists(Path.of(word))) {
      String remedy =
          Spelling.nearest(word, Verb.words())
              .map(near -> "did you mean " + near + "?")
              .orElse("spyglass --help lists the commands");
      throw new Misuse(word + ": no such command, and no such file: " + remedy);
    }
  }

  private String unit(Grammar.Typed typed) throws Misuse {
    List<Said> said = said(typed);
    Configuration options = Offers.choose(Sources.read(Map.of(), said));
    Served.check(options, JvmVariables.NONE);
    String launcher = System.getProperty(Caches.LAUNCHER, Grammar.NAME);
    String javaHome = environment.getOrDefault("SPYGLASS_JAVA_HOME", "");
    return new UnitFile(options, said, launcher, javaHome).print();
  }

  private Served served(Configuration options) throws Misuse {
    Variables.leftOut(environment, options)
        .forEach(words -> System.err.println("spyglass: " + words));
    return Served.check(options, JvmVariables.of(environment));
  }

  private void serve(Configuration options) throws Misuse, IOException {
    Endpoint endpoint = Address.of(options);
    Served served = served(options);
    System.setProperty(StderrProvider.VERBOSITY, options.text("verbose"));
    new Server(options, served, endpoint).becomeLookout();
  }

  private void check(Configuration options) throws Misuse {
    Endpoint endpoint = Address.of(options);
    Address.metrics(options);
    served(options);
    switch (endpoint) {
      case Endpoint.Tcp tcp -> TcpListener.address(tcp);
      case Endpoint.Unix unix -> UnixListener.checkFolder(unix);
    }
    out.println("ok");
  }

  /** The protocols' options are known when their jar is; without one, the rest can be printed still. */
  private String print(Configuration options) throws Misuse {
    Address.of(options);
    List<Setting> ofProtocols = List.of();
    if (options.find("jar").isPresent() || options.find("lib").isPresent()) {
      Offers offers = Offers.of(Jars.of(options));
      offers.checkTold(options);
      ofProtocols = offers.settings();
    }
    return ConfigText.of(options, ofProtocols);
  }
}
