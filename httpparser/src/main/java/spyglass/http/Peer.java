package spyglass.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;

/**
 * The two ends of the connection a request came over, as far as the server can vouch for them:
 * behind a trusted proxy, what that proxy says about its client.
 *
 * @param remote who asked: an {@link InetSocketAddress} or a {@link UnixDomainSocketAddress}
 * @param local where it arrived
 * @param scheme {@code http} or {@code https}; the server itself speaks no TLS, so {@code https} is
 *     always the word of a proxy
 */
public record Peer(SocketAddress remote, SocketAddress local, String scheme) {

  /** A visitor from this machine, for tests. */
  public static Peer loopback() {
    SocketAddress here = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new Peer(here, here, "http");
  }

  /** The remote address without its port, in digits; {@code unix:} over a Unix domain socket. */
  public String host() {
    return switch (remote) {
      case InetSocketAddress inet when inet.getAddress() != null ->
          inet.getAddress().getHostAddress();
      case InetSocketAddress unresolved -> unresolved.getHostString();
      case UnixDomainSocketAddress unix -> "unix:";
      default -> remote.toString();
    };
  }

  /** Whether the client's side of the way was encrypted. */
  public boolean secure() {
    return scheme.equals("https");
  }
}
