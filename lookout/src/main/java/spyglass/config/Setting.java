package spyglass.config;

/**
 * One thing that can be set: by {@code --name VALUE} on the command line, {@code name=value} in a
 * file, {@code SPYGLASS_NAME=value} in the environment.
 *
 * @param topic what it is about
 * @param name lower case words with hyphens between them
 * @param usual what it is unless set; empty for nothing
 * @param kind what may be said for it
 * @param about one sentence
 */
public record Setting(Topic topic, String name, String usual, Kind kind, String about) {

  /** The environment variable. */
  String variable() {
    return Variables.PREFIX + name.toUpperCase(java.util.Locale.ROOT).replace('-', '_');
  }
}
