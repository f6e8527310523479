package examples.websocket;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Reads a client's frames: each a head of 6 to 14 bytes, mask included, and a payload. */
final class FrameReader {

  private static final int FIN = 0x80;
  private static final int RESERVED = 0x70;
  private static final int OPCODE = 0x0f;
  private static final int MASKED = 0x80;
  private static final int LENGTH = 0x7f;
  private static final int TWO_BYTES_FOLLOW = 126;
  private static final int EIGHT_BYTES_FOLLOW = 127;

  private final DataInputStream in;

  FrameReader(InputStream in) {
    this.in = new DataInputStream(in);
  }

  /**
   * Reads one frame, and waits for it as long as it takes.
   *
   * @param room how long the payload of a frame that is no control frame may be
   * @throws EOFException when there will be no more frames
   * @throws Failure for a frame that is not legal by itself, or too long
   */
  Frame read(int room) throws IOException, Failure {
    int first = in.readUnsignedByte();
    int second = in.readUnsignedByte();
    int opcode = first & OPCODE;
    boolean fin = (first & FIN) != 0;
    // They belong to extensions, and the handshake has agreed on none.
    must((first & RESERVED) == 0, "a reserved bit is set");
    must(Frame.isKnown(opcode), "an unknown opcode");
    must((second & MASKED) != 0, "a client's frame without a mask");
    must(fin || !Frame.isControl(opcode), "a control frame in pieces");
    long length = length(second & LENGTH);
    must(!Frame.isControl(opcode) || length <= Frame.MOST_CONTROL, "a long control frame");
    if (!Frame.isControl(opcode) && length > room) {
      throw new Failure(Failure.TOO_BIG, "a message too big");
    }
    return new Frame(fin, opcode, payload((int) length));
  }

  private long length(int told) throws IOException, Failure {
    if (told == TWO_BYTES_FOLLOW) {
      int length = in.readUnsignedShort();
      must(length >= TWO_BYTES_FOLLOW, "a length longer than need be");
      return length;
    }
    if (told == EIGHT_BYTES_FOLLOW) {
      long length = in.readLong();
      must(length >= 0, "a length beyond all measure");
      must(length > 0xffff, "a length longer than need be");
      return length;
    }
    return told;
  }

  /** The mask keeps proxies from taking a script's bytes for HTTP (section 10.3); XOR undoes it. */
  private byte[] payload(int length) throws IOException {
    byte[] mask = new byte[4];
    in.readFully(mask);
    // In pieces: memory is for those who send, not for those who announce.
    byte[] payload = in.readNBytes(length);
    if (payload.length < length) {
      throw new EOFException("the end within a frame");
    }
    for (int i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return payload;
  }

  private static void must(boolean legal, String otherwise) throws Failure {
    if (!legal) {
      throw new Failure(Failure.PROTOCOL_ERROR, otherwise);
    }
  }
}
