package spyglass.lookout;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;
import spyglass.config.Catalogue;
import spyglass.config.Kind;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Setting;
import spyglass.config.Sources;
import spyglass.config.Spelling;
import spyglass.status.Operator;

/**
 * The command line's grammar: an option for each setting of the catalogue, on the command itself and
 * on those that take the same. picocli takes the words apart; what they say is written down in the
 * order in which it was typed, since files named in between count there.
 */
final class Grammar {

  static final String NAME = "spyglass";

  private static final String JAR = "jar";
  private static final String LOUDER = "-v";
  private static final String JSON = "--json";
  private static final String LONG = "--long";
  private static final int MOST_VERBOSE = 4;

  private final List<Said> said = new ArrayList<>();
  private final CommandLine line;
  private int louder;

  /**
   * What was typed.
   *
   * @param verb what is asked for
   * @param said the options from left to right
   * @param words what is no option
   * @param form how a status is to be told
   * @param line the command that was typed, for its usage
   */
  record Typed(
      Verb verb, List<Said> said, List<String> words, Operator.Form form, CommandLine line) {}

  Grammar() {
    CommandSpec spec = command(Verb.SERVE);
    for (Verb verb : Verb.commands()) {
      spec.addSubcommand(verb.word(), command(verb));
    }
    line = new CommandLine(spec).setOverwrittenOptionsAllowed(true);
  }

  CommandLine line() {
    return line;
  }

  private CommandSpec command(Verb verb) {
    String name = verb == Verb.SERVE ? NAME : NAME + " " + verb.word();
    CommandSpec spec = CommandSpec.create().name(verb == Verb.SERVE ? NAME : verb.word());
    spec.usageMessage()
        .width(100)
        .sortOptions(false)
        .customSynopsis(name + " " + verb.synopsis())
        .description(verb.about());
    spec.addOption(
        OptionSpec.builder("-h", "--help")
            .usageHelp(true)
            .description("Show this and exit.")
            .build());
    if (verb.isOrder()) {
      return order(spec, verb);
    }
    if (verb == Verb.COMPLETION || verb == Verb.MANUAL) {
      return spec;
    }
    spec.addOption(
        OptionSpec.builder("-V", "--version")
            .versionHelp(true)
            .description("Print the version and exit.")
            .build());
    spec.version(version());
    spec.addOption(config());
    Catalogue.all().stream()
        .filter(setting -> !setting.name().equals(JAR))
        .forEach(setting -> spec.addOption(option(setting)));
    spec.addOption(louder());
    return spec.addPositional(words(verb));
  }

  /** What looks at a server or gives it an order takes what is needed to find it. */
  private CommandSpec order(CommandSpec spec, Verb verb) {
    if (verb == Verb.STATUS) {
      spec.addOption(flag(LONG, "Say all of each server; of one that is named it is said anyway."));
      spec.addOption(flag(JSON, "Say it to a program: in JSON."));
    }
    Catalogue.all().stream()
        .filter(setting -> setting.name().equals("run") || setting.name().equals("name"))
        .forEach(setting -> spec.addOption(option(setting)));
    boolean number = verb == Verb.SCALE;
    return spec.addPositional(
        words(number ? "WORD" : "NAME", number ? "How many, and a name." : "Which server."));
  }

  private static OptionSpec flag(String name, String about) {
    return OptionSpec.builder(name).type(boolean.class).arity("0").description(about).build();
  }

  private static PositionalParamSpec words(Verb verb) {
    return switch (verb) {
      case HELP -> words("WORD", "A topic, or a protocol, and a jar.");
      case CACHE -> words("WORD", "What is to be done, a jar, and paths to visit.");
      default -> words("app.jar", "The jar that brings the app.");
    };
  }

  private static PositionalParamSpec words(String label, String about) {
    return PositionalParamSpec.builder()
        .arity("0..*")
        .type(List.class)
        .auxiliaryTypes(String.class)
        .paramLabel(label)
        .description(about)
        .build();
  }

  private OptionSpec config() {
    return OptionSpec.builder("--" + Sources.CONFIG)
        .type(String.class)
        .arity("1")
        .paramLabel("FILE")
        .description(
            "Reads settings out of a file, as if they stood here; spyglass config prints one.")
        .setter(new Writer(Sources.CONFIG))
        .build();
  }

  private OptionSpec option(Setting setting) {
    OptionSpec.Builder option =
        OptionSpec.builder("--" + setting.name()).setter(new Writer(setting.name()));
    boolean alone = setting.kind() instanceof Kind.Switch;
    if (alone) {
      // The value may be left out; a word that is neither true nor false is not taken for one.
      option.type(boolean.class).arity("0..1").fallbackValue("true");
    } else {
      option.type(String.class).arity("1");
    }
    if (setting.kind() instanceof Kind.Word word) {
      option.completionCandidates(word.words());
    }
    String usual = alone || setting.usual().isEmpty() ? "" : " (" + setting.usual() + ")";
    return option
        .paramLabel(setting.kind().label())
        .description(setting.about().replace("%", "%%") + usual)
        .build();
  }

  /** Not said as a number but as often as wanted. */
  private OptionSpec louder() {
    return flag("-v", "Say more; -vv to -vvvv: still more, as --verbose=2 to 4.").toBuilder()
        .setter(new Writer(LOUDER))
        .build();
  }

  /** Writes down what is said; each {@code -v} says one more than the one before. */
  private final class Writer implements ISetter {
    private final String name;

    Writer(String name) {
      this.name = name;
    }

    @Override
    public <T> T set(T value) {
      if (value != null && name.equals(LOUDER)) {
        louder = Math.min(louder + 1, MOST_VERBOSE);
        said.add(new Said("verbose", Integer.toString(louder), new Origin.Typed()));
      } else if (value != null) {
        said.add(new Said(name, value.toString(), new Origin.Typed()));
      }
      return value;
    }
  }

  /** Takes a command line apart. */
  Typed parse(String... args) throws Misuse {
    said.clear();
    louder = 0;
    ParseResult result;
    try {
      result = line.parseArgs(args);
    } catch (ParameterException e) {
      throw new Misuse(explain(e));
    }
    Verb verb = Verb.SERVE;
    if (result.subcommand() != null) {
      result = result.subcommand();
      verb = Verb.valueOf(result.commandSpec().name().toUpperCase(Locale.ROOT));
    }
    List<String> words =
        result.hasMatchedPositional(0) ? result.matchedPositionalValue(0, List.of()) : List.of();
    for (String word : words) {
      if (word.startsWith("@")) {
        throw new Misuse(word + ": no such file: what follows the @ names a file of arguments");
      }
    }
    CommandLine typed = result.commandSpec().commandLine();
    return new Typed(verb, List.copyOf(said), List.copyOf(words), form(result), typed);
  }

  private static Operator.Form form(ParseResult result) {
    if (result.commandSpec().findOption(JSON) == null) {
      return Operator.Form.BRIEF;
    }
    return result.hasMatchedOption(JSON)
        ? Operator.Form.JSON
        : result.hasMatchedOption(LONG) ? Operator.Form.LONG : Operator.Form.BRIEF;
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

  private static String version() {
    return NAME + " " + release() + " on Java " + Runtime.version();
  }

  /** The version, from our jar's manifest. */
  static String release() {
    return String.valueOf(Grammar.class.getPackage().getImplementationVersion());
  }
}
