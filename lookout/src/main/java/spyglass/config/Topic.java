package spyglass.config;

import java.util.Locale;
import java.util.Optional;

/** What settings are about; {@code spyglass help} lists them so. */
public enum Topic {
  APP("what is served: the jar, the app in it, and folders of further jars"),
  LISTENING("where to listen, and how many may wait"),
  PROCESSES("how many processes, how large, who accepts, and when they leave"),
  PROTOCOLS("what connections speak, what carries them, and limits of protocols other than HTTP"),
  HTTP("what a request may be, and whose word about a client is believed"),
  LIMITS("how much any client may ask for and how long it may take"),
  RUNNING("whose processes they are, what they are called, and where their files lie"),
  LOG("how much is said");

  private final String about;

  Topic(String about) {
    this.about = about;
  }

  /** What it is about, as part of a sentence. */
  public String about() {
    return about;
  }

  /** The word for it. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The topic with this word. */
  public static Optional<Topic> of(String word) {
    for (Topic topic : values()) {
      if (topic.word().equals(word)) {
        return Optional.of(topic);
      }
    }
    return Optional.empty();
  }
}
