package spyglass.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields behind a chunked body. */
final class TrailerField {

  /**
   * What must be known before a body, frames it, or says who asks: RFC 9110 section 6.5.1 forbids
   * such fields behind it, where whoever checked the head has not seen them.
   */
  private static final Set<String> FORBIDDEN =
      Set.of(
          "transfer-encoding",
          "content-length",
          "content-encoding",
          "content-type",
          "content-range",
          "host",
          "connection",
          "keep-alive",
          "upgrade",
          "te",
          "trailer",
          "expect",
          "range",
          "max-forwards",
          "cache-control",
          "authorization",
          "proxy-authorization",
          "cookie");

  private TrailerField() {}

  /** The field, or null when the line is none or is a forbidden one. */
  static Headers.@Nullable Field parse(String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || !Token.is(line.substring(0, colon))) {
      return null;
    }
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    Headers.Field field = HttpParser.field(bytes, 0, bytes.length);
    return FORBIDDEN.contains(field.name().toLowerCase(Locale.ROOT)) ? null : field;
  }
}
