package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class BodyDecoderTest {

  private final ByteBuffer out = ByteBuffer.allocate(100);

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static String rest(ByteBuffer buffer) {
    return StandardCharsets.ISO_8859_1.decode(buffer).toString();
  }

  private static BodyDecoder chunked() {
    return new BodyDecoder(new Framing.Chunked(), Limits.DEFAULT);
  }

  @Test
  void bytesBehindABodyOfKnownLengthAreNotTouched() {
    BodyDecoder decoder = new BodyDecoder(new Framing.Length(3), Limits.DEFAULT);
    ByteBuffer in = bytes("abcGET /next");
    decoder.decode(in, out);
    assertTrue(decoder.isDone());
    assertEquals("abc", rest(out.flip()));
    assertEquals("GET /next", rest(in));
  }

  @Test
  void bytesBehindAChunkedBodyAreNotTouched() {
    BodyDecoder decoder = chunked();
    ByteBuffer in = bytes("3\r\nabc\r\n0\r\n\r\n\r\nGET /next");
    decoder.decode(in, out);
    assertTrue(decoder.isDone());
    assertEquals("abc", rest(out.flip()));
    assertEquals("\r\nGET /next", rest(in));
  }

  @Test
  void noBodyIsDoneBeforeItBegins() {
    assertTrue(new BodyDecoder(Framing.NONE, Limits.DEFAULT).isDone());
    assertFalse(chunked().isDone());
  }

  @Test
  void aFullOutputStopsItAndLosesNothing() {
    BodyDecoder decoder = chunked();
    ByteBuffer in = bytes("5\r\nabcde\r\n0\r\n\r\n");
    StringBuilder body = new StringBuilder();
    while (!decoder.isDone()) {
      ByteBuffer two = ByteBuffer.allocate(2);
      decoder.decode(in, two);
      body.append(rest(two.flip()));
    }
    assertEquals("abcde", body.toString());
  }

  @Test
  void trailersAreKeptInOrder() {
    BodyDecoder decoder = chunked();
    decoder.decode(bytes("0\r\nX-A: 1\r\nx-a:2 \r\n\r\n"), out);
    assertTrue(decoder.isDone());
    assertEquals(Headers.of("X-A", "1").with("x-a", "2"), decoder.trailers());
  }

  @Test
  void aTrailerThatBelongsInAHeadIsLeftOutAndTheRestIsShown() {
    BodyDecoder decoder = chunked();
    String mixed = "X-A: 1\r\nCONTENT-type: a\r\nvary: b\r\nX-Forwarded-For: c\r\nIf-Match: d\r\n";
    decoder.decode(bytes("0\r\n" + mixed + "Content-Digest: e\r\n\r\n"), out);
    assertTrue(decoder.isDone());
    assertEquals(Headers.of("X-A", "1").with("Content-Digest", "e"), decoder.trailers());
  }

  @Test
  void aTrailerThatIsLeftOutCountsAsAField() {
    BodyDecoder decoder = new BodyDecoder(new Framing.Chunked(), new Limits(9, 2, 99, 9, 9));
    decoder.decode(bytes("0\r\nVary: a\r\nVary: b\r\nVary: c\r\n"), out);
    assertEquals(new Refused(431, "More than 2 trailer fields."), decoder.refused());
  }

  @Test
  void afterARefusalNothingMoreIsRead() {
    BodyDecoder decoder = chunked();
    decoder.decode(bytes("zz\r\n"), out);
    Refused first = decoder.refused();
    ByteBuffer more = bytes("1\r\na\r\n0\r\n\r\n");
    decoder.decode(more, out);
    assertNotNull(first);
    assertEquals(first, decoder.refused());
    assertEquals(0, more.position());
    assertFalse(decoder.isDone());
  }

  @Test
  void aBodyAtItsLimitIsTakenAndOneByteMoreIsNot() {
    BodyDecoder decoder = new BodyDecoder(new Framing.Chunked(), Limits.DEFAULT.withBody(3));
    decoder.decode(bytes("2\r\nab\r\n1\r\n"), out);
    assertNull(decoder.refused());
    decoder.decode(bytes("c\r\n1\r\n"), out);
    assertEquals(new Refused(413, "The body is larger than 3 bytes."), decoder.refused());
  }

  @Test
  void aTrailerSectionObeysTheHeadsLimitAndNotThatOfAChunkLine() {
    Limits limits = new Limits(100, 100, 30, 100, 4);
    BodyDecoder most = new BodyDecoder(new Framing.Chunked(), limits);
    most.decode(bytes("0\r\nX-A: " + "b".repeat(21) + "\r\n\r\n"), out);
    assertTrue(most.isDone());
    BodyDecoder more = new BodyDecoder(new Framing.Chunked(), limits);
    more.decode(bytes("0\r\nX-A: 1\r\nX-B: " + "b".repeat(14) + "\r\n\r\n"), out);
    assertEquals(new Refused(431, "The trailer section is larger than 30 bytes."), more.refused());
  }
}
