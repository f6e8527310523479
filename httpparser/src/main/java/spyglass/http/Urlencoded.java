package spyglass.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code application/x-www-form-urlencoded}: what a form becomes in a query or a body.
 *
 * <p>Read as the WHATWG URL standard says, that is, without complaint: a percent sign that
 * introduces nothing stands for itself, and bytes that are not UTF-8 become U+FFFD. Browsers send
 * such queries (people type {@code ?q=100%}), and unlike a path a parameter decides nothing before
 * the app has looked at it.
 */
final class Urlencoded {

  private static final String TYPE = "application/x-www-form-urlencoded";

  private Urlencoded() {}

  /** Splits and decodes; more than {@code most} pairs are refused. */
  static Pairs parse(String text, int most) {
    List<Pairs.Pair> pairs = new ArrayList<>();
    for (int start = 0; start < text.length(); ) {
      int and = text.indexOf('&', start);
      int end = and < 0 ? text.length() : and;
      if (end > start) {
        if (pairs.size() == most) {
          throw new BadRequest(413, "More than " + most + " parameters.");
        }
        pairs.add(pair(text.substring(start, end)));
      }
      start = end + 1;
    }
    return new Pairs(pairs);
  }

  private static Pairs.Pair pair(String text) {
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    String value = equals < 0 ? "" : text.substring(equals + 1);
    return new Pairs.Pair(decode(name), decode(value));
  }

  private static String decode(String text) {
    return new String(Percent.decode(text.replace('+', ' ')), StandardCharsets.UTF_8);
  }

  /** Reads a form from a body, which must say that it is one. */
  static Pairs body(Request request, int limit, int most) throws IOException {
    Labelled type = Labelled.contentType(request.headers());
    if (!type.value().equals(TYPE)) {
      throw new BadRequest(415, "The body is not " + TYPE + ".");
    }
    if (!type.parameter("charset").orElse("utf-8").equalsIgnoreCase("utf-8")) {
      throw new BadRequest(415, "A form is read in UTF-8 only.");
    }
    byte[] bytes = request.body().readNBytes(limit);
    if (bytes.length == limit && request.body().read() >= 0) {
      throw new BadRequest(413, "The form is larger than " + limit + " bytes.");
    }
    return parse(new String(bytes, StandardCharsets.ISO_8859_1), most);
  }
}
