package spyglass.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;

/**
 * The two ends of the connection a request came over, as far as the server can vouch for them:
 * behind a trusted proxy, what that proxy says about its client.
 *
 * <p>Over a Unix domain socket there are no addresses: whoever connects has none, so {@code remote}
 * is a {@link UnixDomainSocketAddress} with an empty path, the same for every client, and {@code
 * local} has the path of the server's socket. That is most often a proxy on the same machine; if it
 * is trusted ({@code --trust unix}), its client is seen instead.
 *
 * @param remote who asked: an {@link InetSocketAddress}, unresolved when a proxy tells a name that
 *     hides the address, or a {@link UnixDomainSocketAddress}
 * @param local where it arrived
 * @param scheme {@code http} or {@code https}; the server itself speaks no TLS, so {@code https} is
 *     always the word of a proxy
 * @param authority the host, perhaps with a port, that the client asked for, when a trusted proxy
 *     tells; apps ask {@link Request#authority}, which knows the rest
 */
public record Peer(
    SocketAddress remote, SocketAddress local, String scheme, Optional<String> authority) {

  /** Two ends without a proxy's word about what was asked for. */
  public Peer(SocketAddress remote, SocketAddress local, String scheme) {
    this(remote, local, scheme, Optional.empty());
  }

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
