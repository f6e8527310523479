package spyglass.lookout;

import java.util.List;
import java.util.Locale;

/** What a command line asks for. A jar with the name of one is served as {@code ./config}. */
enum Verb {
  /** Has no word: {@code spyglass app.jar}. */
  SERVE(
      "[OPTIONS] app.jar", "Serves a Java web app that costs almost nothing while nobody visits."),
  CONFIG("[OPTIONS] [app.jar]", "Prints all settings, as a file for --config."),
  CHECK("[OPTIONS] app.jar", "Checks all that can be checked without listening."),
  HELP("[TOPIC|PROTOCOL] [app.jar]", "Lists the options of one topic, or of a jar's protocol."),
  UNIT(
      "[OPTIONS] app.jar",
      "Prints systemd's units for a server that systemd starts for its first visitor."),
  COMPLETION("", "Prints a script that completes options in bash."),
  MANUAL("", "Prints the manual page, for man -l.");

  private final String synopsis;
  private final String about;

  Verb(String synopsis, String about) {
    this.synopsis = synopsis;
    this.about = about;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What stands behind the word. */
  String synopsis() {
    return synopsis;
  }

  String about() {
    return about;
  }

  /** Those that have a word. */
  static List<Verb> commands() {
    return List.of(CONFIG, CHECK, HELP, UNIT, COMPLETION, MANUAL);
  }
}
