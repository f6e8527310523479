package spyglass.http;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rules for the Host field (RFC 9112 section 3.2, RFC 3986 section 3.2.2). */
public final class Host {

  /**
   * Possessive ({@code ++}, {@code *+}) and so without a way back: a plain {@code (a|b)*} costs
   * java.util.regex a stack frame or more for each turn, and a client can send many turns.
   */
  private static final Pattern NAME_AND_PORT =
      Pattern.compile(
          "(?:(?:[A-Za-z0-9._~!$&'()*+,;=-]++|%[0-9A-Fa-f]{2})*+|\\[(?<v6>[0-9A-Fa-f:.]++)])"
              + "(?::(?<port>[0-9]{0,5}))?");

  private static final int LAST_PORT = 65_535;

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
  public static boolean legal(String host) {
    Matcher matcher = NAME_AND_PORT.matcher(host);
    return matcher.matches()
        && legalAddress(matcher.group("v6"))
        && legalPort(matcher.group("port"));
  }

  private static boolean legalAddress(@Nullable String v6) {
    return v6 == null || Address.ofV6(v6).isPresent();
  }

  private static boolean legalPort(@Nullable String port) {
    return port == null || port.isEmpty() || Integer.parseInt(port) <= LAST_PORT;
  }
}
