package spyglass.http;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for the Host field (RFC 9112 section 3.2, RFC 3986 section 3.2.2). */
final class Host {

  /**
   * Possessive ({@code ++}, {@code *+}) and so without a way back: a plain {@code (a|b)*} costs
   * java.util.regex a stack frame or more for each turn, and a client can send many turns.
   */
  private static final Pattern NAME_AND_PORT =
      Pattern.compile(
          "([A-Za-z0-9._~!$&'()*+,;=-]++|%[0-9A-Fa-f]{2})*+(:[0-9]{0,5})?"
              + "|\\[[0-9A-Fa-f:.]+](:[0-9]{0,5})?");

  private Host() {}

  /** A refusal, or null when Host is as it should be. */
  static @Nullable Refused check(String version, Headers headers) {
    List<String> hosts = headers.all("Host");
    if (hosts.size() > 1) {
      return new Refused(400, "More than one Host.");
    }
    if (hosts.isEmpty()) {
      return version.equals("HTTP/1.1") ? new Refused(400, "HTTP/1.1 needs a Host.") : null;
    }
    return legal(hosts.getFirst()) ? null : new Refused(400, "Host is not a name and a port.");
  }

  /** Whether this is a host with an optional port; the empty host is one. */
  static boolean legal(String host) {
    return NAME_AND_PORT.matcher(host).matches();
  }
}
