package spyglass.http.proxy;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What one proxy says about the connection it took a request from.
 *
 * @param client who sent it; empty when the proxy does not say
 * @param scheme {@code http} or {@code https}; empty when the proxy does not say
 */
record Hop(Optional<InetSocketAddress> client, Optional<String> scheme) {

  /** The scheme in a proxy's word, when it is one that a server can be asked over. */
  static Optional<String> scheme(String word) {
    if (word.equalsIgnoreCase("https")) {
      return Optional.of("https");
    }
    return word.equalsIgnoreCase("http") ? Optional.of("http") : Optional.empty();
  }
}
