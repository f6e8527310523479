package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class HttpParserTest {

  private static final String PLAIN = "GET /1 HTTP/1.1\r\nHost: a\r\n\r\n";

  private final HttpParser parser = new HttpParser(Limits.DEFAULT);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private Head head(ByteBuffer in) {
    return assertInstanceOf(Head.class, parser.parse(in));
  }

  @Test
  void aHeadHoldsWhatStoodOnTheWire() {
    Head head =
        head(bytes("pOST /a?b HTTP/1.1\r\nhoST: a\r\nX:  b  c \r\nContent-Length: 4\r\n\r\n"));
    assertEquals("pOST", head.method());
    assertEquals("/a?b", head.target());
    assertEquals("HTTP/1.1", head.version());
    Headers expected = Headers.of("hoST", "a").with("X", "b  c").with("Content-Length", "4");
    assertEquals(expected, head.headers());
    assertEquals(new Framing.Length(4), head.framing());
  }

  @Test
  void requestsInOneBufferAreReadOneByOneAndNoFurther() {
    ByteBuffer in =
        bytes(PLAIN + "POST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok" + PLAIN);
    assertEquals("/1", head(in).target());
    assertEquals(PLAIN.length(), in.position());
    assertEquals("/2", head(in).target());
    assertEquals('o', in.get());
    assertEquals('k', in.get());
    assertEquals("/1", head(in).target());
    assertFalse(in.hasRemaining());
    assertEquals(Parsed.More.MORE, parser.parse(in));
  }

  @Test
  void aHeadThatIsKnownIsNotReadTwiceAndAnotherOfItsSizeIs() {
    HeadMemo memo = new HeadMemo();
    Head first =
        assertInstanceOf(Head.class, new HttpParser(Limits.DEFAULT, memo).parse(bytes(PLAIN)));
    HttpParser other = new HttpParser(Limits.DEFAULT, memo);
    assertSame(first, other.parse(bytes(PLAIN)));
    Head second =
        assertInstanceOf(Head.class, other.parse(bytes(PLAIN.replace("GET /1", "GET /2"))));
    assertEquals("/2", second.target());
  }

  @Test
  void whileMoreIsNeededNothingMoves() {
    ByteBuffer in = bytes(PLAIN);
    for (int end = 0; end < in.capacity(); end++) {
      in.limit(end);
      assertEquals(Parsed.More.MORE, parser.parse(in));
      assertEquals(0, in.position());
    }
    in.limit(in.capacity());
    assertEquals("/1", head(in).target());
  }

  @Test
  void theBufferMayBeMovedBetweenTwoLooks() {
    ByteBuffer in = bytes("xxx" + PLAIN).position(3).limit(9);
    assertEquals(Parsed.More.MORE, parser.parse(in));
    assertEquals("/1", head(bytes(PLAIN)).target());
  }

  @Test
  void aClientThatLeavesMidwayIsToldFromOneThatNeverBegan() {
    assertFalse(parser.midway());
    assertEquals(new Hangup(false), parser.end());
    parser.parse(bytes("G"));
    assertTrue(parser.midway());
    assertEquals(new Hangup(true), parser.end());
  }

  @Test
  void onlyAClientThatSaysSoWaitsForA100() {
    String start = "PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nExpect: ";
    assertTrue(head(bytes(start + "100-Continue\r\n\r\n")).expectsContinue());
    Parsed refused = new HttpParser(Limits.DEFAULT).parse(bytes(start + "something-else\r\n\r\n"));
    assertEquals(417, assertInstanceOf(Refused.class, refused).status());
    String without = "GET / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n\r\n";
    assertFalse(head(bytes(without)).expectsContinue());
  }
}
