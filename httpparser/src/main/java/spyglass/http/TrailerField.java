package spyglass.http;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields behind a chunked body, where nobody between client and app looks. What a head decides cannot be
 * decided again there (RFC 9110 section 6.5.1): such a field is left out, as peers do; one by which
 * somebody could frame or route this request in another way is refused.
 */
final class TrailerField {

  private static final Set<String> REFUSED = Set.of("content-length", "host", "transfer-encoding");

  /** The connection; who asks, and for whom; what exactly is asked for; the body; the answer. */
  private static final Set<String> LEFT_OUT =
      Set.of(
          ("connection expect keep-alive proxy-connection te trailer upgrade"
                  + " authorization cookie forwarded proxy-authorization via x-real-ip"
                  + " accept accept-charset accept-encoding accept-language cache-control"
                  + " from max-forwards origin pragma range referer user-agent"
                  + " content-disposition content-encoding content-language content-location"
                  + " content-range content-type"
                  + " age date expires location proxy-authenticate retry-after set-cookie vary"
                  + " warning www-authenticate")
              .split(" "));

  private TrailerField() {}

  /** The field, or null when the line is none or is one to refuse. */
  static Headers.@Nullable Field parse(String line) {
    int colon = line.indexOf(':');
    if (colon < 1 || !Token.is(line.substring(0, colon))) {
      return null;
    }
    byte[] bytes = line.getBytes(StandardCharsets.ISO_8859_1);
    Headers.Field field = HttpParser.field(bytes, 0, bytes.length);
    return REFUSED.contains(lower(field)) ? null : field;
  }

  /** Whether an app may see it; conditions and the word of proxies are whole families of names. */
  static boolean isShown(Headers.Field field) {
    String name = lower(field);
    return !LEFT_OUT.contains(name)
        && !name.startsWith("if-")
        && !name.startsWith("sec-")
        && !name.startsWith("x-forwarded-");
  }

  private static String lower(Headers.Field field) {
    return field.name().toLowerCase(Locale.ROOT);
  }
}
