package examples.inspect;

import spyglass.http.Headers;

/**
 * One JSON object, written field by field. What came off the wire is Latin-1, any byte but line
 * ends; everything outside printable ASCII is escaped, so the text is the same in every charset.
 */
final class Json {

  private final StringBuilder out = new StringBuilder("{");

  Json field(String name, String value) {
    name(name);
    string(value);
    return this;
  }

  Json field(String name, long value) {
    name(name);
    out.append(value);
    return this;
  }

  /** Pairs in an array, for an object could not hold a name twice, nor say which came first. */
  Json field(String name, Headers headers) {
    name(name);
    out.append('[');
    String comma = "";
    for (Headers.Field field : headers) {
      out.append(comma).append('[');
      string(field.name());
      out.append(", ");
      string(field.value());
      out.append(']');
      comma = ", ";
    }
    out.append(']');
    return this;
  }

  String end() {
    return out.append("}\n").toString();
  }

  private void name(String name) {
    if (out.length() > 1) {
      out.append(", ");
    }
    string(name);
    out.append(": ");
  }

  private void string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append("\\u%04x".formatted((int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
