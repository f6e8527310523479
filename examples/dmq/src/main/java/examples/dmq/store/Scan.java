package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Goes through the frames of one file, in pieces of a buffer. At its end, or at a damaged place, it stops
 * and says which of both.
 */
final class Scan {

  /** Why there is no frame. */
  enum End {
    /** There is one. */
    NOT_YET,
    /** The last frame was the last. */
    WHOLE,
    /** The file ends in the middle of a frame: whoever wrote it was ended meanwhile. */
    TORN,
    /** Something is there that nobody has written. */
    DAMAGED
  }

  private static final int USUAL = 64 << 10;

  private final Frames frames;
  private ByteBuffer bytes = ByteBuffer.allocate(0);
  private Segment segment;
  private long begin;
  private int at;
  private int length;
  private End end = End.NOT_YET;

  /** Stands before the first frame. */
  Scan(Segment segment, Frames frames) {
    this.segment = segment;
    this.frames = frames;
    to(segment, Frames.HEADER);
  }

  /** Goes to a frame of a file. */
  void to(Segment other, long offset) {
    segment = other;
    begin = offset;
    at = 0;
    length = 0;
    bytes.limit(0);
    end = End.NOT_YET;
  }

  Segment segment() {
    return segment;
  }

  /** Where the next frame begins, or would. */
  long offset() {
    return begin + at;
  }

  End end() {
    return end;
  }

  /** Looks at the next frame; false when there is none, for which {@link #end} has the reason. */
  boolean look() throws IOException {
    if (!has(Frames.BEFORE)) {
      end = offset() == segment.size() ? End.WHOLE : End.TORN;
      return false;
    }
    length = Frames.length(bytes, at);
    if (length < 0) {
      end = End.DAMAGED;
      return false;
    }
    if (!has(Frames.BEFORE + length)) {
      end = End.TORN;
      return false;
    }
    end = frames.isTrue(bytes, at, length) ? End.NOT_YET : End.DAMAGED;
    return end == End.NOT_YET;
  }

  /** Whether the frame looked at is a head and no record. */
  boolean isHead() {
    return Frames.isHead(bytes, at);
  }

  /** The number of a head. */
  long head() {
    return bytes.getLong(at + Frames.BEFORE);
  }

  /** How many bytes the frame has, without the eight before them. */
  int length() {
    return length;
  }

  /** Copies the record looked at. */
  void copy(byte[] to) {
    bytes.get(at + Frames.BEFORE, to, 0, length);
  }

  /** Goes behind the frame looked at. */
  void skip() {
    at += Frames.BEFORE + length;
  }

  private boolean has(int count) throws IOException {
    if (bytes.limit() - at < count && offset() + count <= segment.size()) {
      fill(count);
    }
    return bytes.limit() - at >= count;
  }

  private void fill(int count) throws IOException {
    begin += at;
    at = 0;
    if (bytes.capacity() < count) {
      bytes = ByteBuffer.allocate(Math.max(USUAL, count));
    }
    bytes.clear();
    segment.read(bytes, begin);
    bytes.flip();
  }

  /**
   * The highest head in what follows the damage, or -1. Records there are given up, since nobody knows
   * how many are missing before them; but what a head says must be heeded, or records that were handed
   * out would be there again.
   */
  long headBehind() throws IOException {
    long found = -1;
    long offset = offset() + 1;
    while (offset + Frames.HEAD_FRAME <= segment.size()) {
      begin = offset;
      at = 0;
      fill(Frames.HEAD_FRAME);
      int last = bytes.limit() - Frames.HEAD_FRAME;
      for (int i = 0; i <= last; i++) {
        if (Frames.isHead(bytes, i) && frames.isTrue(bytes, i, Long.BYTES)) {
          found = Math.max(found, bytes.getLong(i + Frames.BEFORE));
        }
      }
      offset += Math.max(1, last + 1);
    }
    return found;
  }
}
