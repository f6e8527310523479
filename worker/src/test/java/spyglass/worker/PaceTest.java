package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {

  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final Pace pace = new Pace(Duration.ofSeconds(10), 100);

  @Test
  void aClientMayStandStillForAStallAndNoLonger() {
    assertEquals(10 * SECOND, pace.patienceNanos());
    pace.waited(4 * SECOND);
    assertEquals(6 * SECOND, pace.patienceNanos());
    pace.waited(7 * SECOND);
    assertEquals(0, pace.patienceNanos());
  }

  @Test
  void bytesAtTheLeastRateEarnTimeAndFewerDoNot() {
    pace.moved(1_500);
    pace.waited(12 * SECOND);
    assertEquals(3 * SECOND, pace.patienceNanos());
    pace.moved(10);
    pace.waited(3 * SECOND);
    assertEquals(0, pace.patienceNanos());
  }

  @Test
  void whatAQuickClientHasEarnedIsNeverMoreThanOneStall() {
    pace.moved(Long.MAX_VALUE);
    assertEquals(10 * SECOND, pace.patienceNanos());
  }

  @Test
  void everyRequestBeginsAnew() {
    pace.waited(20 * SECOND);
    pace.begin();
    assertEquals(10 * SECOND, pace.patienceNanos());
  }

  @Test
  void withoutALeastRateOnlyStandingStillIsTooSlow() {
    Pace any = new Pace(Duration.ofSeconds(10), 0);
    any.waited(1_000 * SECOND);
    assertEquals(10 * SECOND, any.patienceNanos());
  }
}
