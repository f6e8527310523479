package examples.websocket;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes a server's frames: whole messages, and never a mask. Each is sent at once. */
final class FrameWriter {

  /** The end of the app, or of its server, is near. */
  static final int GOING_AWAY = 1001;

  private static final int FIN = 0x80;
  private static final int LONGEST_HEAD = 10;

  private final OutputStream out;

  FrameWriter(OutputStream out) {
    this.out = out;
  }

  void write(int opcode, byte[] payload) throws IOException {
    ByteBuffer frame = ByteBuffer.allocate(LONGEST_HEAD + payload.length);
    frame.put((byte) (FIN | opcode));
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length <= 0xffff) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    frame.put(payload);
    // One write: should another thread ever send something too, it comes before or after.
    out.write(frame.array(), 0, frame.position());
    out.flush();
  }

  /** Our last word, with the reason for it. */
  void close(int code, String reason) throws IOException {
    byte[] words = reason.getBytes(StandardCharsets.UTF_8);
    byte[] payload = new byte[2 + words.length];
    ByteBuffer.wrap(payload).putShort((short) code).put(words);
    write(Frame.CLOSE, payload);
  }
}
