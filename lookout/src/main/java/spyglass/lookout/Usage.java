package spyglass.lookout;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import spyglass.config.Topic;

/**
 * What {@code --help} says: the commands, the options that most people need, and where the others are
 * told. All at once would be more than anybody reads.
 */
final class Usage {

  private static final Set<String> MOST_USED =
      Set.of(
          "--port",
          "--host",
          "--listen",
          "--workers",
          "--timeout",
          "--heap",
          "--app",
          "--protocol",
          "--trust",
          "--name",
          "--metrics",
          "--user",
          "--log-file",
          "--config",
          "-v",
          "--help",
          "--version");

  private static final List<String> FOOTER =
      List.of(
          "",
          "@FILE takes more of the command line out of a file; SPYGLASS_NAME=VALUE in the environment",
          "sets what the command line and its files do not.",
          "",
          "Exit status: 0 all went as asked; 3 no such server runs; 100 wrong use, nothing was started;",
          "111 a system call failed; 112 the app does not start; 128+n ended by signal n. TERM or Ctrl-C",
          "ends it in order.");

  private static final List<String> ORDER =
      List.of(
          UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
          UsageMessageSpec.SECTION_KEY_SYNOPSIS,
          UsageMessageSpec.SECTION_KEY_DESCRIPTION,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
          UsageMessageSpec.SECTION_KEY_OPTION_LIST,
          UsageMessageSpec.SECTION_KEY_FOOTER);

  private Usage() {}

  /** Prints that of a command, whose grammar serves for nothing else afterwards. */
  static void print(CommandLine line, PrintStream out) {
    CommandSpec spec = line.getCommandSpec();
    if (spec.findOption("--port") != null) {
      shorten(spec);
    }
    spec.usageMessage().commandListHeading("%nCommands:%n").optionListHeading("%nOptions:%n");
    line.setHelpSectionKeys(ORDER);
    line.usage(out, CommandLine.Help.Ansi.OFF);
  }

  private static void shorten(CommandSpec spec) {
    for (OptionSpec option : List.copyOf(spec.options())) {
      if (!MOST_USED.contains(option.longestName())) {
        spec.remove(option);
        spec.addOption(option.toBuilder().hidden(true).build());
      }
    }
    String topics =
        Arrays.stream(Topic.values()).map(Topic::word).collect(Collectors.joining(", "));
    List<String> footer = new ArrayList<>();
    footer.add("");
    footer.add("All options, by topic: spyglass help TOPIC, of " + topics + ".");
    footer.addAll(FOOTER);
    spec.usageMessage().footer(footer.toArray(String[]::new));
  }
}
