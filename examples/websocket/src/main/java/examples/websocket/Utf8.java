package examples.websocket;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Whether a text that comes in pieces is UTF-8. A character may begin in one piece and end in the
 * next; a piece that no other can mend is refused at once.
 */
final class Utf8 {

  /** Three bytes of a character of four may be left over from the piece before. */
  private static final int MOST_LEFT_OVER = 3;

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer bin = CharBuffer.allocate(1024);
  private byte[] leftOver = new byte[0];

  /**
   * Looks at one more piece.
   *
   * @param last whether the text ends with it
   * @throws Failure when it is not UTF-8
   */
  void check(byte[] piece, boolean last) throws Failure {
    ByteBuffer bytes = ByteBuffer.allocate(leftOver.length + piece.length);
    bytes.put(leftOver).put(piece).flip();
    CoderResult result = CoderResult.OVERFLOW;
    while (result.isOverflow()) {
      result = decoder.decode(bytes, bin.clear(), last);
    }
    if (result.isError() || bytes.remaining() > MOST_LEFT_OVER) {
      throw new Failure(Failure.NOT_UTF8, "a text that is not UTF-8");
    }
    leftOver = new byte[bytes.remaining()];
    bytes.get(leftOver);
  }
}
