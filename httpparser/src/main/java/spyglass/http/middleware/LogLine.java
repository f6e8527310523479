package spyglass.http.middleware;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes a visit into one line. Whatever a client chose, its target and its fields, goes through an
 * escape that leaves nothing but printable ASCII and neither a bare quote nor a bare backslash: no
 * visitor can end a line early, begin one of his own, or speak to the terminal it is read on.
 */
final class LogLine {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private LogLine() {}

  static String common(Visit visit) {
    return visit.request().peer().host()
        + " - - ["
        + TIME.format(visit.start())
        + "] \""
        + escape(requestLine(visit), "\\x%02x")
        + "\" "
        + visit.status()
        + " "
        + (visit.bytes() == 0 ? "-" : Long.toString(visit.bytes()));
  }

  static String combined(Visit visit) {
    return common(visit)
        + " "
        + quoted(visit.field("Referer"))
        + " "
        + quoted(visit.field("User-Agent"));
  }

  static String json(Visit visit) {
    return "{"
        + member("time", visit.start().toString())
        + member("remote", visit.request().peer().host())
        + member("method", visit.request().method())
        + member("target", visit.request().target())
        + member("version", visit.request().version())
        + ("\"status\":" + visit.status())
        + (",\"bytes\":" + visit.bytes())
        + (",\"micros\":" + visit.took().toNanos() / 1000 + ",")
        + member("referer", visit.field("Referer"))
        + member("agent", visit.field("User-Agent"))
        + ("\"id\":\"" + escape(visit.field(RequestId.FIELD), "\\u%04x") + "\"}");
  }

  private static String requestLine(Visit visit) {
    return visit.request().method()
        + " "
        + visit.request().target()
        + " "
        + visit.request().version();
  }

  private static String quoted(String value) {
    return value.isEmpty() ? "\"-\"" : "\"" + escape(value, "\\x%02x") + "\"";
  }

  private static String member(String name, String value) {
    return "\"" + name + "\":\"" + escape(value, "\\u%04x") + "\",";
  }

  private static String escape(String text, String code) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7f) {
        out.append(c);
      } else {
        out.append(String.format(code, (int) c));
      }
    }
    return out.toString();
  }
}
