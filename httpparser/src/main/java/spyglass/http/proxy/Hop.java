package spyglass.http.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;
import spyglass.http.Host;

/**
 * What one proxy says about the connection it took a request from.
 *
 * @param client who sent it; empty when the proxy does not say
 * @param scheme {@code http} or {@code https}; empty when the proxy does not say
 * @param authority the Host it was asked for; empty when the proxy does not say
 */
record Hop(
    Optional<InetSocketAddress> client, Optional<String> scheme, Optional<String> authority) {

  /** The scheme in a proxy's word, when it is one that a server can be asked over. */
  static Optional<String> scheme(String word) {
    if (word.equalsIgnoreCase("https")) {
      return Optional.of("https");
    }
    return word.equalsIgnoreCase("http") ? Optional.of("http") : Optional.empty();
  }

  /** The authority in a proxy's word, when it is one that a client could have put into Host. */
  static Optional<String> authority(String word) {
    return word.isEmpty() || !Host.legal(word) ? Optional.empty() : Optional.of(word);
  }
}
