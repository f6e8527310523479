package spyglass.http;

/**
 * When a connection may go on in another protocol (RFC 9110 section 7.8): the client must have
 * offered it, and be ready to hear the new protocol instead of an answer.
 */
final class Switching {

  private Switching() {}

  /** Whether the client offers this protocol. */
  static boolean isOffered(String protocol, String version, Headers headers) {
    // An HTTP/1.0 sender cannot know it; somebody in between forwarded it blindly.
    return version.equals("HTTP/1.1")
        // Without this option, Upgrade was meant for another connection than ours.
        && headers.lists("Connection", "upgrade")
        && headers.lists("Upgrade", protocol)
        // A body would come first, in HTTP, and nobody could say where the new protocol begins.
        && !headers.has("Transfer-Encoding")
        && headers.all("Content-Length").stream().allMatch(length -> length.matches("0+"));
  }

  /** Whether this names a protocol: {@code websocket}, or with its version {@code IRC/6.9}. */
  static boolean isProtocol(String protocol) {
    int slash = protocol.indexOf('/');
    return slash < 0
        ? Token.is(protocol)
        : Token.is(protocol.substring(0, slash)) && Token.is(protocol.substring(slash + 1));
  }

  /**
   * Checks that a response and the switch of protocols belong together.
   *
   * @throws IllegalArgumentException when they do not
   */
  static void check(Head request, Response response) {
    if (!(response.body() instanceof Body.Upgraded to)) {
      return;
    }
    if (response.status() != 101) {
      throw new IllegalArgumentException("an upgrade with status " + response.status());
    }
    if (!isProtocol(to.protocol())) {
      throw new IllegalArgumentException("what it would upgrade to is no protocol's name");
    }
    if (!isOffered(to.protocol(), request.version(), request.headers())) {
      throw new IllegalArgumentException(
          "the client did not offer to upgrade to "
              + to.protocol()
              + " (Request.offersUpgrade tells)");
    }
  }
}
