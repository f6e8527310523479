package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The chunk decoder alone: same body, same end, same refusal, however its bytes come and go. */
class ChunksFuzzTest {

  private static final Limits LIMITS = new Limits(100, 3, 100, 1_000, 40);

  @FuzzTest(maxDuration = "1m")
  void anyPiecesGiveTheSameBody(byte[] data) {
    String whole = decode(data, data.length, 4096);
    assertEquals(whole, decode(data, 1, 4096), "byte by byte");
    assertEquals(whole, decode(data, data.length, 1), "into little room");
    assertEquals(whole, decode(data, 7, 3), "in pieces");
  }

  private static String decode(byte[] data, int piece, int room) {
    BodyDecoder decoder = new BodyDecoder(new Framing.Chunked(), LIMITS);
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(data);
    for (int end = 0; end < data.length; ) {
      end = Math.min(data.length, end + piece);
      in.limit(end);
      int before;
      do {
        before = in.position();
        ByteBuffer out = ByteBuffer.allocate(room);
        decoder.decode(in, out);
        body.write(out.array(), 0, out.position());
      } while (in.position() > before);
    }
    assertTrue(body.size() <= LIMITS.body(), "the limit holds");
    return body.toString(StandardCharsets.ISO_8859_1)
        + (" done=" + decoder.isDone() + " refused=" + decoder.refused())
        + (" rest=" + in.remaining() + " trailers=" + decoder.trailers());
  }
}
