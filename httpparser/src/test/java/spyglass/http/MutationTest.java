package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The corpus with a few bytes of each case changed: a fuzzer with a memory, and with a seed. */
class MutationTest {

  /** What tips a parser over, more than any byte would. */
  private static final String[] NASTY = {
    "\r",
    "\n",
    "\r\n",
    "\r\n\r\n",
    " ",
    "\t",
    ":",
    ";",
    ",",
    "\0",
    "%",
    "/",
    "?",
    "//",
    "\"",
    "0",
    "\u0080",
    "\u00ff",
    "HTTP/1.1",
    "Host: b\r\n",
    "Content-Length: 1\r\n"
  };

  private static final int ROUNDS = Integer.getInteger("spyglass.mutations", 50);

  @Test
  void aCaseWithAFewBytesChangedGivesTheSameAnswerWholeAndInPieces() {
    Random random = new Random(9112);
    List<Corpus.Case> cases = Corpus.all().stream().filter(c -> c.wire().length() < 500).toList();
    for (int round = 0; round < ROUNDS; round++) {
      for (Corpus.Case one : cases) {
        StringBuilder wire = new StringBuilder(one.wire());
        for (int i = random.nextInt(3); i >= 0; i--) {
          change(wire, random);
        }
        byte[] bytes = wire.toString().getBytes(StandardCharsets.ISO_8859_1);
        String whole = Replay.of(bytes);
        assertEquals(whole, Replay.byteByByte(bytes), wire::toString);
        assertEquals(whole, Replay.of(bytes, random.nextInt(bytes.length + 1)), wire::toString);
      }
    }
  }

  private static void change(StringBuilder wire, Random random) {
    int at = random.nextInt(wire.length() + 1);
    int end = Math.min(wire.length(), at + random.nextInt(4));
    if (random.nextInt(4) == 0) {
      wire.delete(at, end);
    } else {
      wire.replace(at, random.nextBoolean() ? at : end, NASTY[random.nextInt(NASTY.length)]);
    }
  }
}
