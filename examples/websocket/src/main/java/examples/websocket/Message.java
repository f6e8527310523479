package examples.websocket;

/**
 * What a client wanted to say, however many frames it took.
 *
 * @param opcode {@link Frame#TEXT} or {@link Frame#BINARY}
 * @param payload of a text its UTF-8, which is known to be legal
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, compared by nobody
record Message(int opcode, byte[] payload) {}
