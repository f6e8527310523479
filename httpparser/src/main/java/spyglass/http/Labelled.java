package spyglass.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A field value with parameters, as {@code Content-Type} and {@code Content-Disposition} have them:
 * {@code form-data; name="a"}.
 *
 * @param value what stands before the first semicolon, in lower case
 * @param parameters by their names in lower case
 */
record Labelled(String value, Map<String, String> parameters) {

  /**
   * One parameter. The quoted form ends at the next quote that no backslash stands before; all
   * repetitions are possessive, so that no value makes the matcher go back. (?s) because to a regex
   * the byte 0x85 is a line end, which a dot would not take.
   */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "(?s)[ \t]*+;[ \t]*+"
              + "(?:([^\\s=;\"]++)=(?:\"((?:[^\"\\\\]|\\\\.)*+)\"|([^\\s;\"]*+)))?+[ \t]*+");

  /** The parsed Content-Type; one that names nothing when there is none. */
  static Labelled contentType(Headers headers) {
    List<String> types = headers.all("Content-Type");
    if (types.size() > 1) {
      throw new BadRequest("More than one Content-Type.");
    }
    return types.isEmpty() ? new Labelled("", Map.of()) : parse(types.getFirst());
  }

  static Labelled parse(String text) {
    int semicolon = text.indexOf(';');
    int end = semicolon < 0 ? text.length() : semicolon;
    Map<String, String> parameters = new LinkedHashMap<>();
    Matcher matcher = PARAMETER.matcher(text);
    for (int at = end; at < text.length(); at = matcher.end()) {
      if (!matcher.find(at) || matcher.start() != at) {
        throw new BadRequest("A field with parameters that cannot be read.");
      }
      String name = matcher.group(1);
      if (name != null) {
        String value = matcher.group(2) != null ? unquoted(matcher.group(2)) : matcher.group(3);
        if (parameters.put(name.toLowerCase(Locale.ROOT), value) != null) {
          // Whoever looks at the first and whoever looks at the last would see two requests.
          throw new BadRequest("A parameter that is given twice in one field.");
        }
      }
    }
    String value = text.substring(0, end).strip().toLowerCase(Locale.ROOT);
    return new Labelled(value, Map.copyOf(parameters));
  }

  /** Only \" and \\ are escapes: some browsers once sent whole Windows paths as file names. */
  private static String unquoted(String quoted) {
    return quoted.replaceAll("\\\\([\"\\\\])", "$1");
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(parameters.get(name));
  }
}
