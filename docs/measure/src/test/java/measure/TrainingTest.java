package measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What a server's log says of its caches. */
final class TrainingTest {

  @Test
  void theLastWakeCounts() {
    String first = "12:00 [Lookout] woke in 140 ms, untrained\n";
    assertEquals("", Training.lastWake("listening"));
    assertEquals("untrained", Training.lastWake(first));
    assertEquals("trained", Training.lastWake(first + "13:00 [Lookout] woke in 70 ms, trained\n"));
  }
}
