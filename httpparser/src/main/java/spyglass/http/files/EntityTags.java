package spyglass.http.files;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Lists of entity tags (RFC 9110 section 8.8.3); commas may stand inside the quotes. */
final class EntityTags {

  private static final Pattern TAG =
      Pattern.compile("[ \t,]*+((?:W/)?\"[!\\x23-\\x7e\\x80-\\xff]*+\")[ \t]*+(?=,|$)");

  private EntityTags() {}

  /** The tags of all lines; none when anything in them is no tag. */
  static List<String> parse(List<String> lines) {
    List<String> tags = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = TAG.matcher(line);
      int at = 0;
      while (at < line.length() && matcher.region(at, line.length()).lookingAt()) {
        tags.add(matcher.group(1));
        at = matcher.end();
      }
      if (!line.substring(at).replace(',', ' ').isBlank()) {
        return List.of();
      }
    }
    return tags;
  }

  /** Whether both promise the same content byte for byte. */
  static boolean strong(String one, String other) {
    return one.equals(other) && !one.startsWith("W/");
  }

  /** Whether both promise content that will do in the other's place. */
  static boolean weak(String one, String other) {
    return opaque(one).equals(opaque(other));
  }

  private static String opaque(String tag) {
    return tag.startsWith("W/") ? tag.substring(2) : tag;
  }
}
