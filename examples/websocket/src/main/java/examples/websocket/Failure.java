package examples.websocket;

/** The client broke the rules, or wants too much: the WebSocket is to be closed. */
final class Failure extends Exception {

  /** Frames that nobody may send. */
  static final int PROTOCOL_ERROR = 1002;

  /** A text that is not UTF-8. */
  static final int NOT_UTF8 = 1007;

  static final int TOO_BIG = 1009;

  private final int code;
  private final String reason;

  /**
   * What to close with.
   *
   * @param code of RFC 6455 section 7.4.1
   * @param reason for people, in at most 123 bytes of UTF-8
   */
  Failure(int code, String reason) {
    // Neither cause nor stack trace: strangers could make the server fill in thousands a second.
    super(reason, null, false, false);
    this.code = code;
    this.reason = reason;
  }

  int code() {
    return code;
  }

  String reason() {
    return reason;
  }
}
