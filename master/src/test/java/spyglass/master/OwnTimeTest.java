package spyglass.master;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class OwnTimeTest {

  private long clock = Long.MAX_VALUE - SECONDS.toNanos(3);
  private final OwnTime time = new OwnTime(() -> clock);

  private long secondsUntil(long seconds) {
    long before = time.now();
    clock += SECONDS.toNanos(seconds);
    return (time.now() - before) / SECONDS.toNanos(1);
  }

  @Test
  void aClockThatIsAskedOftenIsLikeAnyOther() {
    for (int i = 1; i <= 4; i++) {
      assertEquals(i, secondsUntil(i));
    }
    assertFalse(time.hasStoodStill());
  }

  @Test
  void theTimeInWhichNobodyAskedIsLeftOut() {
    assertEquals(0, secondsUntil(5));
    assertTrue(time.hasStoodStill());
    assertFalse(time.hasStoodStill(), "asked again, not again");
    assertEquals(1, secondsUntil(1));
    assertEquals(0, secondsUntil(100));
    assertEquals(2, secondsUntil(2));
  }
}
