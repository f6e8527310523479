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

  private static final int MOST = 2000;
  private static final int LAST_PORT = 0xFFFF;
  private static final String EXAMPLE = "http://localhost:4222/inbox";

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

  /**
   * Reads a URL to which it may be delivered.
   *
   * @throws RefusedException when nothing can ever be delivered there, with the reason
   */
  public URI check(String text) throws RefusedException {
    refuse(text.length() > MOST, "a URL has at most " + MOST + " characters");
    refuse(
        !text.chars().allMatch(c -> c > ' ' && c < 0x7F),
        "a URL is ASCII: what else is in it is written as %XX, on one line");
    URI uri = read(text);
    String scheme = String.valueOf(uri.getScheme());
    String host = uri.getHost();
    refuse(
        !scheme.equalsIgnoreCase("http") && !scheme.equalsIgnoreCase("https"),
        "a URL begins with http:// or https://, such as " + EXAMPLE);
    if (host == null) {
      throw new RefusedException(Status.BAD, "the URL has no host: say " + EXAMPLE);
    }
    int port = uri.getPort();
    refuse(port == 0 || port > LAST_PORT, "no server has port " + port);
    refuse(
        uri.getRawUserInfo() != null, "a URL with a user or a password is not used: leave it out");
    refuse(uri.getRawFragment() != null, "what is behind # in a URL is never sent: leave it out");
    refuse(
        this == OFF || (this == LOOPBACK && !isLoopback(host)),
        "no delivery to " + host + " here: --option dmq.deliver says where to");
    return uri;
  }

  private static URI read(String text) throws RefusedException {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Status.BAD, "that is no URL: say " + EXAMPLE);
    }
  }

  private static void refuse(boolean is, String reason) throws RefusedException {
    if (is) {
      throw new RefusedException(Status.BAD, reason);
    }
  }

  /**
   * Refuses the URL of the node itself, where each record would come round again.
   *
   * @param authority the host and port by which the node was asked
   */
  static void checkOther(URI uri, String authority) throws RefusedException {
    int colon = authority.lastIndexOf(':');
    String host = authority.substring(0, Math.max(0, colon));
    boolean same =
        host.equalsIgnoreCase(uri.getHost()) || (isLoopback(host) && isLoopback(uri.getHost()));
    refuse(
        same && authority.substring(colon + 1).equals("" + uri.getPort()),
        "the URL leads to this node itself, and the record would come round again");
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
