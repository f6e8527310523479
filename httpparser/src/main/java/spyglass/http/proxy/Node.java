package spyglass.http.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import spyglass.http.Address;

/**
 * How a proxy names its client (RFC 7239 section 6): an address, {@code unknown}, or a name that
 * hides it and begins with an underscore; then perhaps a port. IPv6 stands in brackets.
 */
final class Node {

  private static final String HIDDEN = "_[A-Za-z0-9._-]+";

  private static final Pattern NODE =
      Pattern.compile(
          "(?:\\[(?<v6>[0-9A-Fa-f:.]+)]|(?<v4>[0-9.]+)|(?<hidden>(?i:unknown)|"
              + HIDDEN
              + "))"
              + "(?::(?:(?<port>[0-9]{1,5})|"
              + HIDDEN
              + "))?");

  private static final int LAST_PORT = 65_535;

  private Node() {}

  /** An address that may be unresolved, when its name is all we are told; or nothing legal. */
  static Optional<InetSocketAddress> parse(String text) {
    Matcher matcher = NODE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    int port = matcher.group("port") == null ? 0 : Integer.parseInt(matcher.group("port"));
    if (port > LAST_PORT) {
      return Optional.empty();
    }
    String hidden = matcher.group("hidden");
    if (hidden != null) {
      return Optional.of(InetSocketAddress.createUnresolved(hidden, port));
    }
    boolean v6 = matcher.group("v6") != null;
    String address = v6 ? matcher.group("v6") : matcher.group("v4");
    if ((address.indexOf(':') >= 0) != v6) {
      return Optional.empty();
    }
    return Address.of(address).map(inet -> new InetSocketAddress(inet, port));
  }

  /** As X-Forwarded-For has it, which was never written down: IPv6 without brackets is usual. */
  static Optional<InetSocketAddress> parseLoose(String text) {
    Optional<InetSocketAddress> bare =
        text.indexOf(':') < 0
            ? Optional.empty()
            : Address.of(text).map(inet -> new InetSocketAddress(inet, 0));
    return bare.or(() -> parse(text));
  }
}
