package spyglass.http;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses written in digits, with one reading each. The JDK's own readers also take {@code 127.1},
 * zone names and leading zeros, which others take for octal; and asking it for a name would ask the
 * network.
 */
public final class Address {

  private static final String BYTE = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final String QUAD = BYTE + "(\\." + BYTE + "){3}";
  private static final Pattern V4 = Pattern.compile(QUAD);

  /** What every IPv6 address looks like; how many groups there must be is for the JDK to count. */
  private static final Pattern V6 =
      Pattern.compile("(?=.*:)(:|[0-9A-Fa-f]{1,4}(?![0-9A-Fa-f.]))*(" + QUAD + ")?");

  private static final int LONGEST = 45;

  private Address() {}

  /** An IPv4 address in dotted decimal or an IPv6 address without brackets and zone. */
  public static Optional<InetAddress> of(String text) {
    return text.indexOf(':') < 0 ? ofV4(text) : ofV6(text);
  }

  private static Optional<InetAddress> ofV4(String text) {
    boolean legal = text.length() <= LONGEST && V4.matcher(text).matches();
    return legal ? Optional.of(Inet4Address.ofLiteral(text)) : Optional.empty();
  }

  /** An IPv6 address; one that is mapped from IPv4 comes back as the IPv4 address it means. */
  static Optional<InetAddress> ofV6(String text) {
    if (text.length() > LONGEST || !V6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(Inet6Address.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
