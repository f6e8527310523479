package spyglass.master;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class BackoffTest {

  /** System.nanoTime may be anything and run over the largest long; the tests begin just before. */
  private long now = Long.MAX_VALUE - SECONDS.toNanos(3);

  private final Backoff backoff = new Backoff();

  private long secondsAfterDeathAt(long age) {
    backoff.died(now - SECONDS.toNanos(age), now);
    long left = backoff.nanosLeft(now);
    now += left;
    return SECONDS.convert(left, java.util.concurrent.TimeUnit.NANOSECONDS);
  }

  @Test
  void theFirstThatDiesYoungIsReplacedAtOnceTheOthersEverLaterUpToHalfAMinute() {
    for (long expected : new long[] {0, 1, 2, 4, 8, 16, 30, 30, 30}) {
      assertEquals(expected, secondsAfterDeathAt(1));
    }
  }

  @Test
  void oneThatLivedForAWhileIsReplacedAtOnceWhateverWasBefore() {
    for (int i = 0; i < 5; i++) {
      secondsAfterDeathAt(1);
    }
    assertEquals(0, secondsAfterDeathAt(10));
    assertEquals(1, secondsAfterDeathAt(9));
  }

  @Test
  void theWaitGetsShorterWithTimeAndNeverNegative() {
    backoff.holdUntil(now + 10);
    assertEquals(10, backoff.nanosLeft(now));
    assertEquals(1, backoff.nanosLeft(now + 9));
    assertEquals(0, backoff.nanosLeft(now + 10));
    assertEquals(0, backoff.nanosLeft(now + SECONDS.toNanos(9)));
  }
}
