package examples.dmq;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What happens while a node goes to sleep, or cannot wake. */
final class NodeSleepTest extends OneNode {

  @Test
  void whoComesAfterTheSleepHasBegunCostsNothingThatWasSaved() throws Exception {
    talk.push("news", "one");
    stop();
    assertThrows(IOException.class, () -> talk.push("news", "late"));
    assertThrows(IOException.class, () -> new Talk(node).pop("news"));
    start(Map.of("size", "256KiB"));
    assertEquals(List.of("0:one"), talk.pop("news"));
    assertEquals(List.of("1:"), talk.pop("news"));
  }

  @Test
  void aSleepThatIsInterruptedSavesWhatIsInMemory() throws Exception {
    talk.push("news", "one");
    Thread.currentThread().interrupt();
    try {
      stop();
    } catch (InterruptedException e) {
      // It may say so.
      Thread.currentThread().interrupt();
    }
    assertTrue(Thread.interrupted());
    start(Map.of("size", "256KiB"));
    assertEquals(List.of("0:one"), talk.pop("news"));
  }

  @Test
  void aNodeThatCannotStartLosesNothing() throws Exception {
    talk.push("a", "one");
    talk.push("b", "two");
    stop();
    Dmq small = new Dmq();
    Exception thrown =
        assertThrows(
            IOException.class, () -> small.start(Told.of(data, Map.of("memory", "16MiB"))));
    assertTrue(String.valueOf(thrown.getMessage()).contains("no memory for another queue"));
    start(Map.of());
    assertEquals(List.of("0:one"), talk.pop("a"));
    assertEquals(List.of("0:two"), talk.pop("b"));
  }
}
