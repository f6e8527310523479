package spyglass.lookout;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a command line asks for. A jar with the name of one is served as {@code ./config}. */
enum Verb {
  /** Has no word: {@code spyglass app.jar}. */
  SERVE(
      "[OPTIONS] app.jar", "Serves a Java web app that costs almost nothing while nobody visits."),
  CONFIG("[OPTIONS] [app.jar]", "Prints all settings, as a file for --config."),
  CHECK("[OPTIONS] app.jar", "Checks all that can be checked without listening."),
  STATUS("[--long | --json] [NAME]", "Tells what servers do, without waking them."),
  STOP("[NAME]", "Ends a server in order, and waits until it is gone."),
  RELOAD("[NAME]", "Replaces its workers by new ones, from the jar as it is now."),
  SCALE("N [NAME]", "Has it run so many workers, now and when it wakes again."),
  WAKE("[NAME]", "Wakes it as a visitor would, and waits until it is awake."),
  SLEEP("[NAME]", "Has it go to sleep as soon as it is idle."),
  CACHE(
      "list | clear [app.jar] | train [OPTIONS] app.jar [PATH...]",
      "Lists the caches that make wakes quick, clears them, or makes an app's ahead of its first"
          + " visitor."),
  METRICS("[NAME]", "Prints its figures as Prometheus reads them."),
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

  /** Whether it is for a server that runs already. */
  boolean isOrder() {
    return switch (this) {
      case STATUS, STOP, RELOAD, SCALE, WAKE, SLEEP, METRICS -> true;
      case SERVE, CONFIG, CHECK, CACHE, HELP, UNIT, COMPLETION, MANUAL -> false;
    };
  }

  /** The words of all that have one. */
  static Stream<String> words() {
    return commands().stream().map(Verb::word);
  }

  /** Those that have a word. */
  static List<Verb> commands() {
    return List.of(
        CONFIG,
        CHECK,
        STATUS,
        STOP,
        RELOAD,
        SCALE,
        WAKE,
        SLEEP,
        METRICS,
        CACHE,
        HELP,
        UNIT,
        COMPLETION,
        MANUAL);
  }
}
