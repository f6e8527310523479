package examples.dmq.store;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What a file of records consists of: a header of 32 bytes, then frames. A frame is a length, a CRC-32C
 * over that length and what follows, and so many bytes; all numbers are big-endian. A frame whose length
 * is {@link #HEAD} is no record: its eight bytes are the number of the first record that has not been
 * handed out. The last such one counts. docs/dmq.md has it to the byte.
 */
final class Frames {

  /** A file's header: eight letters, the number of its first record, the head, CRC-32C, four zeros. */
  static final int HEADER = 32;

  /** What a frame has before its bytes. */
  static final int BEFORE = 8;

  /** The length that marks a head; bit 31 makes it none of a record. */
  static final int HEAD = 0x8000_0008;

  static final int HEAD_FRAME = BEFORE + Long.BYTES;

  /** Longer than any record may ever be: who reads that reads rubbish. */
  static final int IMPOSSIBLE = 1 << 24;

  private static final long MAGIC = 0x7370_7964_6d71_0a31L; // "spydmq", a line feed, "1"
  private static final int SUMMED = 24;

  private final CRC32C crc = new CRC32C();
  private final ByteBuffer number = ByteBuffer.allocate(Long.BYTES);

  /** Writes a header. */
  void header(ByteBuffer out, long first, long head) {
    int at = out.position();
    out.putLong(MAGIC).putLong(first).putLong(head);
    out.putInt(sum(out, at, SUMMED)).putInt(0);
  }

  /** Whether a header stands at the buffer's position, and is whole. */
  boolean isHeader(ByteBuffer in) {
    int at = in.position();
    return in.remaining() >= HEADER
        && in.getLong(at) == MAGIC
        && in.getInt(at + SUMMED) == sum(in, at, SUMMED);
  }

  /** The number of a file's first record, from a header at the buffer's position. */
  static long first(ByteBuffer header) {
    return header.getLong(header.position() + Long.BYTES);
  }

  /** The head as it was when the file was begun. */
  static long head(ByteBuffer header) {
    return header.getLong(header.position() + 2 * Long.BYTES);
  }

  /** Writes a record. */
  void record(ByteBuffer out, byte[] from, int offset, int length) {
    int at = out.position();
    out.putInt(length).putInt(0).put(from, offset, length);
    crc.reset();
    length(length);
    crc.update(from, offset, length);
    out.putInt(at + Integer.BYTES, (int) crc.getValue());
  }

  /** Writes a head. */
  void head(ByteBuffer out, long head) {
    int at = out.position();
    out.putInt(HEAD).putInt(0).putLong(head);
    out.putInt(at + Integer.BYTES, frameSum(out, at, Long.BYTES));
  }

  /** Whether the frame that begins at an index is what was written; all of it must be there. */
  boolean isTrue(ByteBuffer in, int at, int length) {
    return in.getInt(at + Integer.BYTES) == frameSum(in, at, length);
  }

  /** How many bytes a frame has behind its first eight, or -1 when that cannot be. */
  static int length(ByteBuffer in, int at) {
    int told = in.getInt(at);
    if (told == HEAD) {
      return Long.BYTES;
    }
    return told > 0 && told < IMPOSSIBLE ? told : -1;
  }

  static boolean isHead(ByteBuffer in, int at) {
    return in.getInt(at) == HEAD;
  }

  private int frameSum(ByteBuffer in, int at, int length) {
    crc.reset();
    length(in.getInt(at));
    crc.update(in.slice(at + BEFORE, length));
    return (int) crc.getValue();
  }

  private void length(int length) {
    crc.update(number.putInt(0, length).array(), 0, Integer.BYTES);
  }

  private int sum(ByteBuffer in, int at, int length) {
    crc.reset();
    crc.update(in.slice(at, length));
    return (int) crc.getValue();
  }
}
