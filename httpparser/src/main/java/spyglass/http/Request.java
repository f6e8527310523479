package spyglass.http;

/**
 * One request as an app sees it.
 *
 * @param method as received, case kept: {@code GET} and {@code get} are two methods (RFC 9110
 *     section 9.1)
 * @param target the request-target byte for byte, bytes above 127 as Latin-1 characters
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
 * @param headers the fields in the order received; trailer fields are not among them
 * @param body what follows the head; empty, never absent
 */
public record Request(
    String method, String target, String version, Headers headers, RequestBody body) {

  /** A request without fields and body, for tests. */
  public static Request of(String method, String target) {
    return new Request(
        method, target, "HTTP/1.1", Headers.of("Host", "localhost"), RequestBody.of(new byte[0]));
  }

  /** The same request with one more field. */
  public Request withHeader(String name, String value) {
    return new Request(method, target, version, headers.with(name, value), body);
  }

  /** The same request with another body. */
  public Request withBody(RequestBody other) {
    return new Request(method, target, version, headers, other);
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
