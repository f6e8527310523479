package spyglass.lookout;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import picocli.CommandLine.Model.OptionSpec;
import spyglass.config.Catalogue;
import spyglass.config.Setting;
import spyglass.config.Topic;

/**
 * The manual page, written from the grammar, in the language of man(7). picocli's own generator makes
 * AsciiDoc, and a page that man can show would take asciidoctor, a program in Ruby, in every build.
 */
final class Manual {

  private final StringBuilder page = new StringBuilder();

  private Manual() {}

  /** The page, for section 1. */
  static String of(Grammar grammar) {
    Manual manual = new Manual();
    manual.intro();
    manual.options(grammar);
    manual.outro();
    return manual.page.toString();
  }

  private void intro() {
    line(".TH SPYGLASS 1");
    section("NAME");
    text("spyglass - serve a Java web app that costs almost nothing while nobody visits");
    section("SYNOPSIS");
    for (Verb verb : Stream.concat(Stream.of(Verb.SERVE), Verb.commands().stream()).toList()) {
      String word = verb == Verb.SERVE ? "" : verb.word() + " ";
      line(".B spyglass");
      text((word + verb.synopsis()).strip());
      line(".br");
    }
    section("DESCRIPTION");
    text(
        "Opens a socket and sleeps beside it. The first connection starts a master and its workers,"
            + " which answer; when nobody has visited for a while, they leave again.");
    section("COMMANDS");
    for (Verb verb : Verb.commands()) {
      entry(verb.word(), verb.about());
    }
  }

  private void options(Grammar grammar) {
    section("OPTIONS");
    List<OptionSpec> all = grammar.line().getCommandSpec().options();
    all.stream().filter(option -> setting(option).isEmpty()).forEach(this::option);
    for (Topic topic : Topic.values()) {
      line(
          ".SS "
              + escape(
                  topic.word().substring(0, 1).toUpperCase(Locale.ROOT)
                      + topic.word().substring(1)));
      all.stream()
          .filter(option -> setting(option).stream().anyMatch(one -> one.topic() == topic))
          .forEach(this::option);
    }
  }

  private static List<Setting> setting(OptionSpec option) {
    return Catalogue.all().stream()
        .filter(setting -> option.longestName().equals("--" + setting.name()))
        .toList();
  }

  private void option(OptionSpec option) {
    String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
    entry(
        String.join(", ", option.names()) + label,
        String.join(" ", option.description()).replace("%%", "%"));
  }

  private void outro() {
    section("ENVIRONMENT");
    text(
        "Each option can be set by a variable: SPYGLASS_MAX_BODY=1MiB is --max-body 1MiB. The command"
            + " line, and the files it names with --config, overrule them. SPYGLASS_JAVA_HOME"
            + " names the JDK.");
    section("EXIT STATUS");
    entry("0", "All went as asked.");
    entry("3", "No such server runs.");
    entry("100", "Wrong use; nothing was started.");
    entry("111", "A system call failed.");
    entry("112", "The app does not start, or the old workers stay.");
    entry("128+n", "Ended by signal n.");
  }

  private void section(String name) {
    line(".SH " + (name.contains(" ") ? "\"" + name + "\"" : name));
  }

  private void entry(String name, String text) {
    line(".TP");
    line(".B " + escape(name));
    text(text);
  }

  private void text(String text) {
    line(escape(text));
  }

  /** A hyphen that is to be typed, a backslash, and a dot that begins a line mean something else. */
  private static String escape(String text) {
    String escaped = text.replace("\\", "\\e").replace("-", "\\-");
    return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
  }

  private void line(String line) {
    page.append(line).append('\n');
  }
}
