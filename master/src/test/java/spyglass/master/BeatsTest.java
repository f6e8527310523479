package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BeatsTest {

  private final List<Event> told = new ArrayList<>();
  private final Beats beats = new Beats(7, told::add);

  private List<Event> hear(String bytes) {
    told.clear();
    for (byte one : bytes.getBytes(StandardCharsets.ISO_8859_1)) {
      beats.hear(one);
    }
    return List.copyOf(told);
  }

  private static Event beat(char level) {
    return new Event.Beat(7, (byte) level);
  }

  @Test
  void eachByteIsABeatExceptFromTheSignToTheEndOfTheLine() {
    assertEquals(
        List.of(beat('r'), new Event.Counted(7, 3, 1234), beat('('), beat(')')),
        hear("r=3 1234\n()"));
  }

  @Test
  void figuresMayComeInPieces() {
    assertEquals(List.of(), hear("=1"));
    assertEquals(List.of(), hear("2 3"));
    assertEquals(List.of(new Event.Counted(7, 12, 34), beat('.')), hear("4\n."));
  }

  @Test
  void figuresThatAreNoneAreLeftOutAndBeatsGoOn() {
    assertEquals(
        List.of(beat('(')), hear("=\n=1\n=a b\n=-1 2\n=1 2 3\n=99999999999999999999 1\n("));
  }

  @Test
  void aLineWithoutAnEndIsGivenUp() {
    assertEquals(List.of(beat('(')), hear("=" + "1".repeat(65) + "("));
  }

  @Test
  void aLineThatWasCutOffIsForgottenWhenTheNextBegins() {
    assertEquals(List.of(new Event.Counted(7, 1, 2)), hear("=99=1 2\n"));
  }
}
