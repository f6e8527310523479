package spyglass.http;

import java.util.ArrayList;
import java.util.List;

/** The Cookie field of a request (RFC 6265bis section 4.2): {@code a=1; b=2}. */
final class CookieField {

  private CookieField() {}

  /**
   * The cookies in their order. A value is taken as it stands, quotes included. What has no name is
   * passed over: browsers send a nameless cookie as its bare value, and by that a cookie could be
   * made to look like another that its site was never allowed to set.
   */
  static Pairs parse(List<String> fields) {
    List<Pairs.Pair> pairs = new ArrayList<>();
    for (String field : fields) {
      for (String part : field.split(";", -1)) {
        int equals = part.indexOf('=');
        String name = equals < 0 ? "" : part.substring(0, equals).strip();
        if (!name.isEmpty()) {
          pairs.add(new Pairs.Pair(name, part.substring(equals + 1).strip()));
        }
      }
    }
    return new Pairs(pairs);
  }
}
