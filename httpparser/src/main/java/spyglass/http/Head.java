package spyglass.http;

/**
 * A request's head that was found whole and legal.
 *
 * @param method as received
 * @param target the request-target byte for byte, as Latin-1
 * @param version {@code HTTP/1.0} or {@code HTTP/1.1}
 * @param headers in the order received
 * @param framing how long the body is, and how one can tell
 */
public record Head(String method, String target, String version, Headers headers, Framing framing)
    implements Parsed {

  /** Whether this is HTTP/1.1, whose connections persist unless somebody says otherwise. */
  public boolean is11() {
    return version.equals("HTTP/1.1");
  }

  /**
   * Whether the client is willing to send another request over this connection (RFC 9112 section
   * 9.3).
   */
  public boolean persistent() {
    if (headers.lists("Connection", "close")) {
      return false;
    }
    return is11() || headers.lists("Connection", "keep-alive");
  }

  /** Whether the client waits for a 100 before it sends its body (RFC 9110 section 10.1.1). */
  public boolean expectsContinue() {
    return is11() && headers.lists("Expect", "100-continue") && !framing.equals(Framing.NONE);
  }
}
