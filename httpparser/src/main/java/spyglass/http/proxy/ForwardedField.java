package spyglass.http.proxy;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Forwarded field (RFC 7239): {@code for=192.0.2.60;proto=https, for="[2001:db8::1]:4711"}.
 *
 * <p>It is read from the right, because each proxy adds at the right, and what stands further left
 * may come from the client. So the left must not be able to spoil the right: an open quote there
 * would swallow all that follows if one read from the left.
 */
final class ForwardedField {

  private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]++";
  private static final String QUOTED = "\"((?:[^\"\\\\]|\\\\[^\n])*+)\"";

  private static final Pattern PAIR =
      Pattern.compile("[ \t]*(" + TOKEN + ")=(?:(" + TOKEN + ")|" + QUOTED + ")[ \t]*(;|\\z)");

  /** Longer elements say nothing that we need, and looking for their start would cost too much. */
  private static final int LONGEST = 512;

  private ForwardedField() {}

  /** The hops from the nearest to the farthest, up to the first that is malformed. */
  static List<Hop> hops(List<String> values) {
    List<Hop> hops = new ArrayList<>();
    for (String value : values.reversed()) {
      if (!add(value, hops)) {
        break;
      }
    }
    return hops;
  }

  /** Adds the hops of one field line; false when a malformed one ended it. */
  private static boolean add(String value, List<Hop> hops) {
    int end = value.length();
    while (end >= 0) {
      int start = end;
      Optional<Hop> hop = Optional.empty();
      // The shortest element that is legal is the right one: what begins inside a quoted string
      // has one quotation mark too few.
      while (hop.isEmpty() && start >= 0 && end - start <= LONGEST) {
        start = value.lastIndexOf(',', start - 1);
        hop = end - start <= LONGEST ? hop(value.substring(start + 1, end)) : hop;
      }
      if (hop.isEmpty()) {
        return false;
      }
      hops.add(hop.get());
      end = start;
    }
    return true;
  }

  private static Optional<Hop> hop(String element) {
    Map<String, String> pairs = new HashMap<>();
    Matcher matcher = PAIR.matcher(element);
    boolean more = true;
    for (int at = 0; more; at = matcher.end()) {
      if (!matcher.region(at, element.length()).lookingAt()) {
        return Optional.empty();
      }
      String token = matcher.group(2);
      String value = token != null ? token : matcher.group(3).replaceAll("(?s)\\\\(.)", "$1");
      if (pairs.put(matcher.group(1).toLowerCase(Locale.ROOT), value) != null) {
        return Optional.empty();
      }
      more = matcher.group(4).equals(";");
    }
    String node = pairs.get("for");
    Optional<InetSocketAddress> client = node == null ? Optional.empty() : Node.parse(node);
    if (node != null && client.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> scheme = Hop.scheme(pairs.getOrDefault("proto", ""));
    return Optional.of(new Hop(client, scheme, Hop.authority(pairs.getOrDefault("host", ""))));
  }
}
