package examples.dmq.http;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * By which names the node may be asked, and from which pages. The owner of a name may have it mean
 * this machine's address (DNS rebinding); a browser then takes a page of that name and this node for
 * one site. So only hosts count that nobody else owns: {@code localhost}, addresses, and what the
 * option says. 0.0.0.0 and [::] are nobody's address, and of a page that asks them browsers tell less.
 */
public final class Hosts {

  /** An origin (RFC 6454): a scheme, a host, perhaps a port. */
  private static final Pattern ORIGIN =
      Pattern.compile("(https?)://([a-z0-9._-]+|\\[[0-9a-f:.]+])(:[0-9]{1,5})?");

  private final Set<String> told;

  private Hosts(Set<String> told) {
    this.told = told;
  }

  /** Reads the option: {@code mq.example:4222,https://mq.example}. */
  public static Hosts of(String option) {
    if (option.isEmpty()) {
      return new Hosts(Set.of());
    }
    Set<String> told =
        Stream.of(option.split(",", -1))
            .map(host -> plain(host.contains("://") ? host : "http://" + host))
            .collect(Collectors.toSet());
    if (!told.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
      throw new IllegalArgumentException(
          "option hosts is '" + option + "': say HOST:PORT,https://HOST, a comma between two");
    }
    return new Hosts(told);
  }

  /** In small letters, and without the port that is meant anyway: a browser writes it so. */
  private static String plain(String origin) {
    String small = origin.toLowerCase(Locale.ROOT);
    return small.replaceFirst(small.startsWith("https:") ? ":443$" : ":80$", "");
  }

  /** The answer to a request that is not for this node, or that another site's page sends. */
  Optional<Response> refusal(Request request) {
    Set<String> own = origins(request.authority());
    if (own.isEmpty()) {
      return refusal(
          "the node is not known by this host: --option dmq.hosts=HOST:PORT makes it so");
    }
    boolean elsewhere =
        !request.headers().all("Origin").stream().allMatch(origin -> own.contains(plain(origin)));
    List<String> sites = request.headers().all("Sec-Fetch-Site");
    boolean crossing = !Set.of("same-origin", "none").containsAll(sites);
    // A link to the page may be anywhere.
    return elsewhere || (crossing && !request.path().equals("/"))
        ? refusal("not from another site's page")
        : Optional.empty();
  }

  private static Optional<Response> refusal(String reason) {
    return Optional.of(Response.text(403, reason + "\n"));
  }

  /** The origins of pages that this node serves under a host; none when the host is not its own. */
  private Set<String> origins(String authority) {
    return Stream.of("http://" + authority, "https://" + authority)
        .map(Hosts::plain)
        .filter(origin -> told.contains(origin) || isNobodys(origin))
        .collect(Collectors.toSet());
  }

  /** Whether it is of this machine, or an address: there is no name that could mean another one. */
  private static boolean isNobodys(String origin) {
    Matcher matcher = ORIGIN.matcher(origin);
    if (!matcher.matches() || matcher.group(1).equals("https")) {
      return false;
    }
    String host = matcher.group(2);
    try {
      return host.equals("localhost")
          || !InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")).isAnyLocalAddress();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
