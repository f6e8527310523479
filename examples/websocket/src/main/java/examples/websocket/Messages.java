package examples.websocket;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/**
 * The messages in a client's frames. Between the frames of a message there may be others, about the
 * connection itself; those are answered here and do not reach the app.
 */
final class Messages {

  /** The largest message that is taken: one MiB. */
  static final int MOST = 1 << 20;

  private final FrameReader reader;
  private final FrameWriter writer;

  Messages(FrameReader reader, FrameWriter writer) {
    this.reader = reader;
    this.writer = writer;
  }

  /**
   * Waits for the next message, as long as it takes.
   *
   * @return nothing when there will be none any more; the client knows that, and the connection is to
   *     be closed
   * @throws Failure when the client broke the rules: it does not know yet
   */
  Optional<Message> next() throws IOException, Failure {
    try {
      return read();
    } catch (EOFException e) {
      // The client has ended its side without a word, or our server was told to stop.
      writer.close(FrameWriter.GOING_AWAY, "");
      return Optional.empty();
    }
  }

  private Optional<Message> read() throws IOException, Failure {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    Utf8 utf8 = new Utf8();
    int opcode = Frame.CONTINUATION;
    while (true) {
      Frame frame = reader.read(MOST - whole.size());
      switch (frame.opcode()) {
        case Frame.PING -> writer.write(Frame.PONG, frame.payload());
        case Frame.PONG -> {}
        case Frame.CLOSE -> {
          answerClose(frame.payload());
          return Optional.empty();
        }
        default -> {
          opcode = kind(opcode, frame.opcode());
          if (opcode == Frame.TEXT) {
            utf8.check(frame.payload(), frame.fin());
          }
          whole.writeBytes(frame.payload());
          if (frame.fin()) {
            return Optional.of(new Message(opcode, whole.toByteArray()));
          }
        }
      }
    }
  }

  /** What kind of message a frame belongs to: its first frame says it, the others go on with it. */
  private static int kind(int begun, int opcode) throws Failure {
    boolean first = begun == Frame.CONTINUATION;
    if (first == (opcode == Frame.CONTINUATION)) {
      throw new Failure(
          Failure.PROTOCOL_ERROR,
          first ? "a continuation of nothing" : "a message within a message");
    }
    return first ? opcode : begun;
  }

  /** A close is answered with the same code, and after that neither side says anything. */
  private void answerClose(byte[] payload) throws IOException, Failure {
    Optional<Integer> code = CloseCode.in(payload);
    writer.write(Frame.CLOSE, code.isPresent() ? Arrays.copyOf(payload, 2) : new byte[0]);
  }
}
