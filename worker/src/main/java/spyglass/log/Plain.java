package spyglass.log;

/**
 * Text of strangers, fit to be shown. A client, a file's name or an exception's message may hold control
 * characters: they would speak to the terminal on which a log is read, or end a line and begin one that
 * looks like ours. What stands in their place shows what was there: {@code \n}, {@code \x1b}, {@code \u009b}.
 */
public final class Plain {

  private Plain() {}

  /** The text as one line: its line ends are escaped, too. */
  public static String line(String text) {
    return of(text, false);
  }

  /** The text with its line ends and nothing else that a terminal obeys. */
  public static String lines(String text) {
    return of(text, true);
  }

  /**
   * An event for a log. Line ends may be meant, as in a stack trace, so they stay; but each further line is
   * indented, so that none of them looks like the first line of another event.
   */
  static String event(String text) {
    StringBuilder event = new StringBuilder(text.length() + 16);
    for (int start = 0; start < text.length(); ) {
      int found = text.indexOf('\n', start);
      int end = found < 0 ? text.length() : found;
      int last = end > start && found > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
      String line = line(text.substring(start, last));
      boolean indented = line.startsWith("\t") || line.startsWith(" ");
      event.append(start == 0 || indented ? "" : "  ").append(line).append('\n');
      start = end + 1;
    }
    return event.toString();
  }

  private static String of(String text, boolean lineEnds) {
    int at = 0;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length() + 16).append(text, 0, at);
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      plain.append(isPlain(c) || (lineEnds && c == '\n') ? String.valueOf(c) : escape(c));
    }
    return plain.toString();
  }

  private static String escape(char c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      default ->
          c < 0x80
              ? "\\x" + Integer.toHexString(0x100 | c).substring(1)
              : "\\u" + Integer.toHexString(0x10000 | c).substring(1);
    };
  }

  /**
   * Whether a terminal shows the character where it stands and does nothing else: no control character
   * but the tab, no line end of Unicode's, and none that turns the direction of what follows.
   */
  public static boolean isPlain(char c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL -> c == '\t';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
      default -> !(c == '\u061c' || c == '\u200e' || c == '\u200f' || turns(c));
    };
  }

  private static boolean turns(char c) {
    return (c >= '\u202a' && c <= '\u202e') || (c >= '\u2066' && c <= '\u2069');
  }
}
