package spyglass.config;

/**
 * A value and who has given it.
 *
 * @param name of the setting, or {@code option.PROTOCOL.OPTION}
 * @param text as it was given
 * @param origin by whom
 */
public record Said(String name, String text, Origin origin) {

  /** As the beginning of an error. */
  public String culprit() {
    return origin.culprit(name, text);
  }
}
