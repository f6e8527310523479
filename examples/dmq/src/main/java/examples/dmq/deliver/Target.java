package examples.dmq.deliver;

import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import java.net.InetAddress;
import java.net.URI;
import java.util.Locale;

/**
 * Where records may be delivered. A node that posts to any address it is told would be a way into its
 * network for everybody who can reach it; so unless told otherwise it posts to its own machine only.
 */
public enum Target {
  OFF,
  LOOPBACK,
  ANY;

  /** From an option's value. */
  public static Target of(String option) {
    for (Target target : values()) {
      if (target.name().toLowerCase(Locale.ROOT).equals(option)) {
        return target;
      }
    }
    throw new IllegalArgumentException(
        "option deliver is '" + option + "': say loopback, any or off");
  }

  /** Reads a URL to which it may be delivered. */
  public URI check(String text) throws RefusedException {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Status.BAD, "say a URL, such as http://localhost:4222/inbox");
    }
    String scheme = uri.getScheme();
    String host = uri.getHost();
    boolean http = "http".equalsIgnoreCase(scheme) || "https".equalsIgnoreCase(scheme);
    if (!http || host == null || text.indexOf('\uFFFD') >= 0) {
      throw new RefusedException(Status.BAD, "say a URL, such as http://localhost:4222/inbox");
    }
    if (this == OFF || (this == LOOPBACK && !isLoopback(host))) {
      throw new RefusedException(
          Status.BAD, "no delivery to " + host + " here: --option dmq.deliver says where to");
    }
    return uri;
  }

  /** No name but one is looked up: whoever owns a name may have it mean another address a moment later. */
  private static boolean isLoopback(String host) {
    try {
      return host.equalsIgnoreCase("localhost")
          || InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isLoopbackAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
