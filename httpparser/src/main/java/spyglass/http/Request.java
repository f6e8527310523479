package spyglass.http;

import java.io.IOException;
import java.util.Optional;

/**
 * One request as an app sees it.
 *
 * @param method as received, case kept: {@code GET} and {@code get} are two methods (RFC 9110
 *     section 9.1)
 * @param target the request-target byte for byte, bytes above 127 as Latin-1 characters
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
 * @param headers the fields in the order received; trailer fields are not among them
 * @param body what follows the head; empty, never absent
 * @param peer who asked, and over what
 * @param hints where {@link #earlyHints} go
 */
public record Request(
    String method,
    String target,
    String version,
    Headers headers,
    RequestBody body,
    Peer peer,
    EarlyHints hints) {

  /** The most pairs that a query or a form may have. */
  private static final int MOST_PAIRS = 1000;

  private static final int FORM_LIMIT = 1 << 20;

  /** A request from this machine whose hints are ignored, for tests. */
  public Request(String method, String target, String version, Headers headers, RequestBody body) {
    this(method, target, version, headers, body, Peer.loopback(), EarlyHints.IGNORED);
  }

  /** A request without fields and body, for tests. */
  public static Request of(String method, String target) {
    return new Request(
        method, target, "HTTP/1.1", Headers.of("Host", "localhost"), RequestBody.of(new byte[0]));
  }

  /** The same request with one more field. */
  public Request withHeader(String name, String value) {
    return new Request(method, target, version, headers.with(name, value), body, peer, hints);
  }

  /** The same request with this field and no other of that name. */
  public Request setHeader(String name, String value) {
    return new Request(method, target, version, headers.set(name, value), body, peer, hints);
  }

  /** The same request with another body. */
  public Request withBody(RequestBody other) {
    return new Request(method, target, version, headers, other, peer, hints);
  }

  /** The same request from somebody else. */
  public Request withPeer(Peer other) {
    return new Request(method, target, version, headers, body, other, hints);
  }

  /** The same request whose hints go elsewhere. */
  public Request withHints(EarlyHints other) {
    return new Request(method, target, version, headers, body, peer, other);
  }

  /**
   * Sends a 103 before the answer (RFC 8297), so that a browser can fetch, or a proxy tell it to
   * fetch, what the page will need while the app still makes it: {@code
   * earlyHints(Headers.of("Link", "</style.css>; rel=preload; as=style"))}. May be called several
   * times; the answer must say the same fields again. It does nothing for an HTTP/1.0 client.
   * A very old HTTP/1.1 client may take any 1xx for the answer, so hint where browsers come.
   *
   * @throws IllegalArgumentException for a field that no answer may have, or one of the server's
   * @throws IllegalStateException once the app has returned its answer, or on another thread than
   *     the one that called the app
   * @throws IOException when the client is gone; let it pass
   */
  public void earlyHints(Headers fields) throws IOException {
    hints.send(fields);
  }

  /**
   * Whether the client offers to go on in another protocol: the one case in which {@link
   * Response#upgrade} is legal. An offer need not be taken up; any other answer declines it.
   */
  public boolean offersUpgrade(String protocol) {
    return Switching.isOffered(protocol, version, headers);
  }

  /**
   * The host that the client asked for, perhaps with a port, as it was written: {@code
   * example.com}, {@code [::1]:8080}. Build the app's own URLs with it and with {@link Peer#scheme}.
   *
   * <p>The word of a trusted proxy comes first, as it knows what its client has asked for; then the
   * authority of an absolute-form target, which overrules Host (RFC 9112 section 3.2.2); then Host.
   * Empty when none of them says anything, which only HTTP/1.0 and an empty Host allow. A client can
   * write what it likes here: compare it with the names the app knows before anything depends on it.
   */
  public String authority() {
    return peer.authority()
        .or(() -> Target.authorityOf(target))
        .or(() -> headers.first("Host"))
        .orElse("");
  }

  /**
   * The path part of the target, not decoded. Of an absolute-form target ({@code
   * http://host/path?query}, RFC 9112 section 3.2.2) the path of the URI, {@code /} when that is
   * empty; of {@code *} the star itself.
   */
  public String path() {
    String rest = afterAuthority();
    int end = rest.indexOf('?');
    String path = end < 0 ? rest : rest.substring(0, end);
    return path.isEmpty() ? "/" : path;
  }

  /** What follows the first {@code ?} of the target, not decoded; empty when there is none. */
  public String query() {
    int start = target.indexOf('?');
    return start < 0 ? "" : target.substring(start + 1);
  }

  /**
   * The path as an app wants to compare it and look things up by it: percent-decoded once, as
   * UTF-8, with {@code .} and {@code ..} resolved so that it never climbs above {@code /}. It
   * begins with a slash; only that of {@code *} is the star. Empty segments ({@code //}) are kept.
   *
   * @throws BadRequest with 400 for a path that has no safe reading: an escape without two digits,
   *     bytes that are not UTF-8, NUL or another control character, an encoded slash, a backslash.
   *     The server refuses the first itself; whoever wants the others finds them in {@link #path}.
   */
  public String decodedPath() {
    return DecodedPath.of(path());
  }

  /** The first query parameter of that name, decoded. */
  public Optional<String> parameter(String name) {
    return parameters().first(name);
  }

  /**
   * The query parameters, decoded as UTF-8, {@code +} as a blank. As in browsers nothing is
   * illegal: a lone percent sign stands for itself, and a wrong byte becomes U+FFFD.
   *
   * @throws BadRequest with 413 for more than a thousand
   */
  public Pairs parameters() {
    return Urlencoded.parse(query(), MOST_PAIRS);
  }

  /** The first cookie of that name. */
  public Optional<String> cookie(String name) {
    return cookies().first(name);
  }

  /** The cookies (RFC 6265bis), their values as they stand on the wire. */
  public Pairs cookies() {
    return CookieField.parse(headers.all("Cookie"));
  }

  /** The fields of a form in a body of up to one MiB; see {@link #form(int)}. */
  public Pairs form() throws IOException {
    return form(FORM_LIMIT);
  }

  /**
   * The fields of an {@code application/x-www-form-urlencoded} body in UTF-8, decoded like query
   * parameters. This reads the body, so it works once.
   *
   * @param limit the most bytes the body may have
   * @throws BadRequest with 415 when the body says it is something else, with 413 when it is larger
   *     or has more than a thousand fields
   */
  public Pairs form(int limit) throws IOException {
    return Urlencoded.body(this, limit, MOST_PAIRS);
  }

  /** The parts of a form with files, within {@link Multipart.Limits#DEFAULT}. */
  public Multipart multipart() {
    return multipart(Multipart.Limits.DEFAULT);
  }

  /**
   * The parts of a {@code multipart/form-data} body, one after the other while they arrive. This
   * reads the body, so it works once.
   *
   * @throws BadRequest with 415 when the body says it is something else
   */
  public Multipart multipart(Multipart.Limits limits) {
    return Multipart.of(this, limits);
  }

  private String afterAuthority() {
    int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    for (int i = scheme + 3; i < target.length(); i++) {
      if (target.charAt(i) == '/' || target.charAt(i) == '?') {
        return target.substring(i);
      }
    }
    return "";
  }
}
