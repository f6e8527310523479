package spyglass.docs;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A link to a line or some lines of source, with what its text says of them.
 *
 * @param names what must stand there
 * @param from the first line, counted from 1
 * @param to the last
 */
record LineLink(List<String> names, int from, int to) {

  private static final Pattern LINES = Pattern.compile("L([1-9][0-9]*)(?:-L([1-9][0-9]*))?");
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");

  /** The link's lines, if it points to lines. */
  static Optional<LineLink> of(Page.Link link) {
    var anchor = LINES.matcher(link.anchor());
    if (!anchor.matches() || link.path().endsWith(".md")) {
      return Optional.empty();
    }
    int from = Integer.parseInt(anchor.group(1));
    int to = anchor.group(2) == null ? from : Integer.parseInt(anchor.group(2));
    return Optional.of(new LineLink(names(link.text()), from, to));
  }

  /** What stands in backticks; {@code Loop.accept()} is looked for as {@code accept}. */
  private static List<String> names(String text) {
    return CODE.matcher(text).results().map(LineLink::name).toList();
  }

  private static String name(MatchResult code) {
    String bare = code.group(1).replaceAll("\\(.*", "");
    return bare.substring(bare.lastIndexOf('.') + 1);
  }

  /** What is wrong, or nothing. */
  String check(List<String> lines) {
    if (to > lines.size() || from > to) {
      return "the file has " + lines.size() + " lines, not " + to;
    }
    if (names.isEmpty()) {
      return "does not say in `backticks` what stands on line " + from;
    }
    String text = String.join("\n", lines.subList(from - 1, to));
    return holds(text) ? "" : "line " + from + " is: " + text.strip();
  }

  private boolean holds(String text) {
    return names.stream().allMatch(name -> word(name).matcher(text).find());
  }

  private static Pattern word(String name) {
    return Pattern.compile("(?<!\\w)" + Pattern.quote(name) + "(?!\\w)");
  }

  /** Where it may have moved: to the nearest line that declares it, or else that names it. */
  Optional<LineLink> moved(List<String> lines) {
    return IntStream.rangeClosed(1, lines.size())
        .filter(line -> from == to && !names.isEmpty() && holds(lines.get(line - 1)))
        .boxed()
        .min(
            Comparator.<Integer, Boolean>comparing(line -> !declares(lines.get(line - 1)))
                .thenComparingInt(line -> Math.abs(line - from)))
        .map(line -> new LineLink(names, line, line));
  }

  private static boolean declares(String line) {
    return line.endsWith("{") && !line.strip().matches("(if|while|for|try|return|\\*|//).*");
  }
}
