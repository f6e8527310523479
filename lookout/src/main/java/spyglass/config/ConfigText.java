package spyglass.config;

import java.nio.file.Path;
import java.util.List;
import spyglass.log.Plain;

/**
 * A configuration as a file that {@code --config} reads, with the sentence and the origin of each value
 * above it. What is not set, or does not apply beside the rest, stands there as a comment.
 */
public final class ConfigText {

  private final Configuration configuration;
  private final StringBuilder text = new StringBuilder();

  private ConfigText(Configuration configuration) {
    this.configuration = configuration;
  }

  /**
   * The file.
   *
   * @param ofProtocols the options of the protocols that are there, as settings
   */
  public static String of(Configuration configuration, List<Setting> ofProtocols) {
    ConfigText text = new ConfigText(configuration);
    for (Topic topic : Topic.values()) {
      text.head(topic);
      Catalogue.all().stream()
          .filter(setting -> setting.topic() == topic)
          .filter(setting -> !setting.name().equals(Catalogue.OPTION))
          .forEach(text::add);
      if (topic == Topic.PROTOCOLS) {
        ofProtocols.forEach(text::addOption);
      }
    }
    return text.text.toString();
  }

  private void head(Topic topic) {
    text.append(text.isEmpty() ? "" : "\n");
    text.append("# --- ").append(topic.word()).append(": ").append(topic.about()).append("\n");
  }

  private void add(Setting setting) {
    Said said = configuration.said(setting.name());
    // Relative paths would be others in another folder.
    String value = Paths.resolve(Path.of("").toAbsolutePath(), said.name(), said.text());
    add(setting, value, said.origin(), !value.isEmpty() && applies(setting.name()));
  }

  private void addOption(Setting setting) {
    String name = setting.name().substring(Catalogue.OPTION.length() + 1);
    Said said = configuration.told().get(name);
    if (said == null) {
      add(setting, setting.usual(), new Origin.Usual(), true);
    } else {
      add(setting, said.text(), said.origin(), true);
    }
  }

  private boolean applies(String name) {
    return switch (name) {
      case "host", "port" -> configuration.find("listen").isEmpty();
      case "listen-mode", "listen-group" -> configuration.text("listen").startsWith(Paths.UNIX);
      default -> true;
    };
  }

  private void add(Setting setting, String value, Origin origin, boolean counts) {
    text.append('\n');
    comment(setting.about());
    comment(origin.comment());
    text.append(counts ? "" : "#").append(escape(setting.name(), true)).append('=');
    text.append(escape(value, false)).append('\n');
  }

  private void comment(String line) {
    text.append("# ").append(Plain.line(line)).append('\n');
  }

  /** As Properties reads it: a key ends at a blank, = or :, a value begins after blanks. */
  private static String escape(String plain, boolean key) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < plain.length(); i++) {
      char c = plain.charAt(i);
      switch (c) {
        case '\\' -> escaped.append("\\\\");
        case '\n' -> escaped.append("\\n");
        case '\r' -> escaped.append("\\r");
        case '\t' -> escaped.append("\\t");
        case '\f' -> escaped.append("\\f");
        case ' ' -> escaped.append(key || i == 0 ? "\\ " : " ");
        case ':', '=', '#', '!' -> escaped.append(key ? "\\" : "").append(c);
        default ->
            escaped.append(
                Plain.isPlain(c) ? String.valueOf(c) : String.format("\\u%04x", (int) c));
      }
    }
    return escaped.toString();
  }
}
