package examples.websocket;

/**
 * What a message travels in (RFC 6455 section 5.2), its mask already taken off.
 *
 * @param fin whether its message ends with it
 * @param opcode one of the six below
 * @param payload its bytes
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, compared by nobody
record Frame(boolean fin, int opcode, byte[] payload) {

  /** More of the message before it. */
  static final int CONTINUATION = 0;

  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  /** The longest payload of a control frame: it must fit into the shortest form of a length. */
  static final int MOST_CONTROL = 125;

  /** Whether frames with this opcode are about the connection and not part of a message. */
  static boolean isControl(int opcode) {
    return opcode >= CLOSE;
  }

  static boolean isKnown(int opcode) {
    return opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG);
  }
}
