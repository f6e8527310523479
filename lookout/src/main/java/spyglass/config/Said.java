package spyglass.config;

import java.nio.file.Path;

/**
 * A value and who has given it.
 *
 * @param name of the setting, or {@code option.PROTOCOL.OPTION}
 * @param text as it was given
 * @param origin by whom
 */
public record Said(String name, String text, Origin origin) {

  /** The same with its paths seen from the root, if it has any, and not from the working folder. */
  public Said absolute() {
    return new Said(name, Paths.resolve(Path.of("").toAbsolutePath(), name, text), origin);
  }

  /** As the beginning of an error. */
  public String culprit() {
    return origin.culprit(name, text);
  }
}
