package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CorpusTest {

  /** Cases up to this size are cut in two everywhere; larger ones near both ends and here and there. */
  private static final int SMALL = 9_500;

  private static final int STRIDE = 211;

  static List<Corpus.Case> cases() {
    return Corpus.all();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void everyCaseEndsAsExpectedHoweverItIsCut(Corpus.Case one) {
    byte[] bytes = one.bytes();
    String whole = Replay.of(bytes);
    assertTrue(one.accepted().contains(whole), () -> shorten(whole) + " not in " + one.accepted());
    assertEquals(whole, Replay.byteByByte(bytes), "byte by byte");
    for (int cut = 0; cut <= bytes.length; cut += step(cut, bytes.length)) {
      assertEquals(whole, Replay.of(bytes, cut), "cut at " + cut);
    }
  }

  /** Whoever has seen it all before comes to the same end. */
  @Test
  void everyCaseEndsTheSameWhenItsHeadsAreKnown() {
    HeadMemo memo = new HeadMemo();
    for (Corpus.Case one : cases()) {
      String fresh = Replay.of(one.bytes());
      for (int i = 0; i < 2; i++) {
        assertEquals(fresh, Replay.of(one.bytes(), memo), one::name);
      }
    }
  }

  private static int step(int cut, int length) {
    boolean nearAnEnd = cut < 100 || length - cut < 100 + STRIDE;
    return length <= SMALL || nearAnEnd ? 1 : STRIDE;
  }

  private static String shorten(String said) {
    return said.length() > 200 ? said.substring(0, 200) + "..." : said;
  }

  @Test
  void noTwoCasesHaveOneName() {
    Set<String> names = new HashSet<>();
    for (Corpus.Case one : cases()) {
      assertTrue(names.add(one.name()), one::toString);
    }
  }

  @Test
  void escapesAndRepeatsMakeBytesAndLineEndsDoNot() {
    String text = "# c\n== n | s | GET /{a*2} len=0 or more\n# c\n{\\x41*3}\\r\\n\n#\\0\\\\\n";
    Corpus.Case one = Corpus.read("f", text).getFirst();
    assertEquals("AAA\r\n#\0\\", one.wire());
    assertEquals(List.of("GET /aa len=0", "more"), one.accepted());
    assertEquals("n", one.name());
    assertEquals("s", one.section());
  }
}
