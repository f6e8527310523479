package spyglass.worker;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What a server answered, as a {@link Client} has read it. */
record Answer(int status, Map<String, String> fields, String body) {

  static Answer parse(String head) {
    String[] lines = head.split("\r\n", -1);
    Map<String, String> fields = new TreeMap<>();
    for (int i = 1; i < lines.length && !lines[i].isEmpty(); i++) {
      int colon = lines[i].indexOf(':');
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      fields.merge(name, lines[i].substring(colon + 1).strip(), (a, b) -> a + ", " + b);
    }
    return new Answer(Integer.parseInt(lines[0].substring(9, 12)), fields, "");
  }

  Answer withBody(String text) {
    return new Answer(status, fields, text);
  }

  static boolean isBodyless(int status) {
    return status < 200 || status == 204 || status == 304;
  }

  /** A field's value, empty when there is none. */
  String field(String name) {
    return fields.getOrDefault(name, "");
  }

  /** Whether the server said that it will close the connection. */
  boolean closes() {
    return field("connection").equals("close");
  }
}
