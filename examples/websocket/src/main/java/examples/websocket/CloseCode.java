package examples.websocket;

import java.util.Arrays;
import java.util.Optional;

/** The reason a client gives in its close: a code of two bytes, then words in UTF-8, or nothing. */
final class CloseCode {

  private CloseCode() {}

  /**
   * The code.
   *
   * @return empty when no reason was given
   * @throws Failure when it is none that may be sent
   */
  static Optional<Integer> in(byte[] payload) throws Failure {
    if (payload.length == 0) {
      return Optional.empty();
    }
    int code = payload.length == 1 ? 0 : (payload[0] & 0xff) << 8 | (payload[1] & 0xff);
    if (!isLegal(code)) {
      throw new Failure(Failure.PROTOCOL_ERROR, "a close with a code that may not be sent");
    }
    new Utf8().check(Arrays.copyOfRange(payload, 2, payload.length), true);
    return Optional.of(code);
  }

  /**
   * Whether it may stand in a frame (RFC 6455 section 7.4). 1005, 1006 and 1015 are what a library
   * tells its program when there was no frame; from 3000 they belong to libraries, from 4000 to apps.
   */
  static boolean isLegal(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1011)
        || (code >= 3000 && code <= 4999);
  }
}
