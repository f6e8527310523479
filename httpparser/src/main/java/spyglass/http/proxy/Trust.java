package spyglass.http.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import spyglass.http.Headers;
import spyglass.http.Peer;

/**
 * Whose word about other people's addresses counts.
 *
 * <p>Each proxy on the way adds, at the right, who it got the request from. The last one is the peer
 * of our socket, which nobody can forge. If we trust it, the rightmost entry is true; if that names
 * a proxy we trust, the entry to its left is true as well; and the first address that we do not
 * trust is the client. What stands to the left of that the client may have written itself.
 *
 * @param proxies addresses of proxies
 * @param unix whether whoever comes over a Unix domain socket is a proxy
 */
public record Trust(List<Cidr> proxies, boolean unix) {

  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";
  private static final String HOST = "X-Forwarded-Host";

  /** Nobody: the default. */
  public static final Trust NOBODY = new Trust(List.of(), false);

  /** Trust in these; what becomes of the list later does not matter. */
  public Trust {
    proxies = List.copyOf(proxies);
  }

  /**
   * Reads an option: address blocks and perhaps the word {@code unix}, with commas between them.
   *
   * @throws IllegalArgumentException whose message is one line that names the culprit
   */
  public static Trust parse(String text) {
    List<Cidr> proxies = new ArrayList<>();
    boolean unix = false;
    for (String part : text.split(",", -1)) {
      if (part.strip().equals("unix")) {
        unix = true;
      } else {
        proxies.addAll(Cidr.list(part));
      }
    }
    return new Trust(proxies, unix);
  }

  /**
   * Who asked, and for which host.
   *
   * <p>A proxy that writes one of Forwarded and X-Forwarded-For often passes the other on as the
   * client sent it, and we cannot know which. So if both are there and tell two stories, neither
   * counts.
   *
   * @param socket the two ends of the connection
   * @param headers the fields of the request that came over it
   */
  public Peer peer(Peer socket, Headers headers) {
    if (!trusted(socket.remote())) {
      return socket;
    }
    Optional<Peer> standard =
        headers.has("Forwarded")
            ? Optional.of(walk(socket, ForwardedField.hops(headers.all("Forwarded"))))
            : Optional.empty();
    Optional<Peer> usual =
        Stream.of(FOR, PROTO, HOST).anyMatch(headers::has)
            ? Optional.of(walk(socket, usualHops(headers)))
            : Optional.empty();
    boolean differ =
        standard.isPresent() && usual.isPresent() && !same(standard.get(), usual.get());
    return differ ? socket : standard.or(() -> usual).orElse(socket);
  }

  /** Only one of the two fields tells ports, and few proxies tell the host in both. */
  private static boolean same(Peer one, Peer other) {
    return one.host().equals(other.host())
        && one.scheme().equals(other.scheme())
        && one.authority()
            .flatMap(host -> other.authority().map(host::equalsIgnoreCase))
            .orElse(true);
  }

  private Peer walk(Peer socket, List<Hop> hops) {
    Peer peer = socket;
    for (Hop hop : hops) {
      SocketAddress client = hop.client().isPresent() ? hop.client().get() : peer.remote();
      String scheme = hop.scheme().orElse(socket.scheme());
      // A proxy that is silent about the host may have passed on the one it was asked for.
      Optional<String> authority = hop.authority().or(peer::authority);
      peer = new Peer(client, socket.local(), scheme, authority);
      if (hop.client().isEmpty() || !trusted(client)) {
        break;
      }
    }
    return peer;
  }

  private boolean trusted(SocketAddress address) {
    if (address instanceof InetSocketAddress inet) {
      return inet.getAddress() != null && trusted(inet.getAddress());
    }
    return unix && address instanceof UnixDomainSocketAddress;
  }

  private boolean trusted(InetAddress address) {
    return proxies.stream().anyMatch(block -> block.contains(address));
  }

  /** The three fields side by side. */
  private static List<Hop> usualHops(Headers headers) {
    List<String> clients = fromTheRight(headers.all(FOR));
    List<String> schemes = fromTheRight(headers.all(PROTO));
    List<String> hosts = fromTheRight(headers.all(HOST));
    List<Hop> hops = new ArrayList<>();
    for (int i = 0; i < Math.max(clients.size(), 1); i++) {
      Optional<InetSocketAddress> client =
          clients.isEmpty() ? Optional.empty() : Node.parseLoose(clients.get(i));
      if (client.isEmpty() && !clients.isEmpty()) {
        break;
      }
      hops.add(new Hop(client, Hop.scheme(word(schemes, i)), Hop.authority(word(hosts, i))));
    }
    return hops;
  }

  /** A proxy that sets one word, and does not add to a list, speaks for all hops. */
  private static String word(List<String> words, int hop) {
    return words.isEmpty() ? "" : words.get(Math.min(hop, words.size() - 1));
  }

  private static List<String> fromTheRight(List<String> values) {
    return values.stream()
        .flatMap(value -> Stream.of(value.split(",", -1)))
        .map(String::strip)
        .toList()
        .reversed();
  }
}
