package spyglass.handover;

import java.nio.ByteBuffer;

/**
 * What a worker says to its master over the socket between them: one byte and one number. The other
 * way go connections only, and they need no words: the first that was sent is the first that arrives,
 * so both sides know what the third is.
 *
 * @param kind one of those below
 * @param number how many, or the how manieth
 */
record Note(byte kind, long number) {

  /** There is room for so many more. */
  static final byte ASK = 'a';

  /** The connection that came as this one, from 1, has begun: it cannot be given to another. */
  static final byte BEGUN = 'b';

  /** The connection that came as this one could not be taken: too many descriptors. */
  static final byte LOST = 'l';

  /** Send no more. */
  static final byte ENOUGH = 'e';

  static final int LENGTH = Byte.BYTES + Long.BYTES;

  byte[] bytes() {
    return ByteBuffer.allocate(LENGTH).put(kind).putLong(number).array();
  }

  static Note of(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    return new Note(buffer.get(), buffer.getLong());
  }
}
