package spyglass.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The variables in which every JVM looks for options. Whoever sets one means the app, and adds an agent
 * or a heap: in the JVM that sleeps, and in those that boot for a visitor, these would be weight or worse.
 * So they are taken away, and their words stand on the workers' command line, where they count as they
 * would have: {@code JAVA_TOOL_OPTIONS} and {@code JDK_JAVA_OPTIONS} before all else, and {@code
 * _JAVA_OPTIONS} after it.
 *
 * @param names of those that are set
 * @param before what stands before our own words
 * @param after what stands behind them
 * @param leftOut what no worker can be told
 */
public record JvmVariables(
    List<String> names, List<String> before, List<String> after, List<String> leftOut) {

  /** None is set. */
  public static final JvmVariables NONE =
      new JvmVariables(List.of(), List.of(), List.of(), List.of());

  private static final String LAST = "_JAVA_OPTIONS";

  private static final List<String> THEIRS = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", LAST);

  /** What makes agents of a word, and excludes caches of classes. */
  private static final String AGENT = "-(javaagent|agentlib|agentpath):.*|-Xrun.*";

  private static final String FIT = "-(X|D|-|ea|da|esa|dsa|enableassert|disableassert).*|" + AGENT;

  /** The launcher puts each aside under a name of ours, before it starts a JVM. */
  private static String aside(String variable) {
    return Variables.PREFIX + variable;
  }

  /** All names: theirs, and those under which they are put aside. */
  public static List<String> all() {
    return Stream.concat(THEIRS.stream(), THEIRS.stream().map(JvmVariables::aside)).toList();
  }

  /** Puts them aside, as the launcher does. */
  public static void putAside(Map<String, String> environment) {
    for (String variable : THEIRS) {
      String text = environment.remove(variable);
      if (text != null && !text.isEmpty()) {
        environment.put(aside(variable), text);
      }
    }
  }

  /** What the environment says. */
  public static JvmVariables of(Map<String, String> environment) throws Misuse {
    JvmVariables found =
        new JvmVariables(
            new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (String variable : THEIRS) {
      String text =
          environment.getOrDefault(aside(variable), environment.getOrDefault(variable, ""));
      if (!text.isBlank()) {
        found.names.add(variable);
        List<String> fit = variable.equals(LAST) ? found.after : found.before;
        for (String word : words(variable, text)) {
          (isFit(word) ? fit : found.leftOut).add(word);
        }
      }
    }
    return found;
  }

  private static boolean isFit(String word) {
    return word.matches(FIT)
        && !word.matches("--(class-path|module).*|-XX:(Flags|VMOptionsFile)=.*")
        && !word.matches(Kind.JavaOptions.CACHES);
  }

  /** Words are separated by blanks, unless these are between quotes; the JVM knows no other escape. */
  private static List<String> words(String variable, String text) throws Misuse {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    boolean begun = false;
    char quote = 0;
    for (int i = 0; i < text.length(); i++) {
      char each = text.charAt(i);
      if (quote == 0 && Character.isWhitespace(each)) {
        if (begun) {
          words.add(word.toString());
        }
        word.setLength(0);
        begun = false;
      } else {
        begun = true;
        if (quote == each) {
          quote = 0;
        } else if (quote == 0 && (each == '"' || each == '\'')) {
          quote = each;
        } else {
          word.append(each);
        }
      }
    }
    if (quote != 0) {
      throw new Misuse(variable + ": a quote has no end: " + text);
    }
    if (begun) {
      words.add(word.toString());
    }
    return words;
  }

  /** Whether there is an agent, with which a JVM does without any cache of classes. */
  public boolean hasAgent() {
    return Stream.concat(before.stream(), after.stream()).anyMatch(word -> word.matches(AGENT));
  }

  /** The words that count, around others. */
  public List<String> around(List<String> words) {
    return Stream.of(before, words, after).flatMap(List::stream).toList();
  }
}
