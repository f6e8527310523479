package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.control.Figures;
import spyglass.lookout.TestLookout.Times;

/** The states of a lookout and what leads from one to the next, with scripts as masters. */
@Timeout(60)
@Isolated("a lookout that cannot run a master kills all children of this process")
class LookoutTest {

  /** Serves until TERM, then leaves in order. */
  private static final String SERVES = "trap 'exit 0' TERM; printf r; while :; do sleep 0.05; done";

  /** Each time it is started, it writes a letter. */
  private String counting(String then) {
    return "printf x >>" + folder + "/starts; " + then;
  }

  private long starts() throws Exception {
    return Files.size(folder.resolve("starts"));
  }

  @TempDir private Path folder;

  private static String answer(Socket visitor) throws Exception {
    return new String(visitor.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
  }

  @Test
  void aVisitorWakesItAndItWatchesAgainWhenTheMasterHasLeft() throws Exception {
    String sleepsSoon = "printf r; while [ ! -e " + folder + "/go ]; do sleep 0.02; done";
    try (TestLookout lookout = new TestLookout(folder, sleepsSoon);
        Socket visitor = lookout.visit()) {
      Figures awake = lookout.awaitState("awake");
      assertEquals("connection", awake.text("last-wake-reason"));
      assertEquals(1, awake.number("wakes"));
      assertTrue(awake.number("boot-millis-total") >= awake.number("last-boot-millis"));
      lookout.accept();
      assertTrue(visitor.isConnected());
      Files.createFile(folder.resolve("go"));
      Figures asleep = lookout.awaitState("asleep");
      assertEquals(1, asleep.number("sleeps"));
      assertEquals(0, asleep.number("failed-wakes"));
    }
  }

  @Test
  void aBootThatFailsIsToldToVisitorsAndTriedAgainWithTheNextOne() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, counting("exit 112"));
        Socket visitor = lookout.visit()) {
      String told = answer(visitor);
      assertTrue(told.startsWith("HTTP/1.1 503 "), told);
      assertTrue(told.contains("\r\nRetry-After: "), told);
      Figures failing = lookout.figures();
      assertTrue(failing.text("last-error").contains("exit 112"), failing.text("last-error"));
      assertEquals(1, starts());
      lookout.awaitState("asleep");
      try (Socket next = lookout.visit()) {
        assertTrue(answer(next).startsWith("HTTP/1.1 503 "));
      }
      assertEquals(2, starts());
      assertEquals(2, lookout.figures().number("failed-wakes"));
    }
  }

  @Test
  void aMasterThatServedAndThenFailsIsAFailedWakeToo() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, "printf r; exit 112");
        Socket visitor = lookout.visit()) {
      assertTrue(answer(visitor).startsWith("HTTP/1.1 503 "));
      assertEquals(1, lookout.figures().number("failed-wakes"));
    }
  }

  @Test
  void aBootThatIsKilledIsTriedAgainAtOnceThreeTimesAndThenItHasFailed() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, counting("kill -9 $$"));
        Socket visitor = lookout.visit()) {
      assertTrue(answer(visitor).startsWith("HTTP/1.1 503 "));
      assertEquals(4, starts());
    }
  }

  /** With 1 HotSpot answers a TERM in its first moments. */
  @ParameterizedTest
  @ValueSource(strings = {"kill -9 $$", "exit 1"})
  void aBootThatIsKilledOnceCostsNobodyAnything(String end) throws Exception {
    String once = "[ $(wc -c <" + folder + "/starts) -gt 1 ] || " + end + "; " + SERVES;
    try (TestLookout lookout = new TestLookout(folder, counting(once));
        Socket visitor = lookout.visit()) {
      assertEquals(0, lookout.awaitState("awake").number("failed-wakes"));
      assertEquals(2, starts());
      lookout.accept();
      assertEquals(-1, visitor.getInputStream().read());
    }
  }

  @Test
  void aBootThatHangsIsKilledAndHasFailed() throws Exception {
    Times short_ = new Times(300, 60_000);
    try (TestLookout lookout = new TestLookout(folder, short_, false, "kill -STOP $$");
        Socket visitor = lookout.visit()) {
      assertTrue(answer(visitor).startsWith("HTTP/1.1 503 "));
      assertTrue(lookout.figures().text("last-error").contains("in time"));
      lookout.awaitState("asleep");
    }
  }

  @Test
  void aMasterThatCannotBeStartedHasFailed() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, "exec /no/such/program");
        Socket visitor = lookout.visit()) {
      assertTrue(answer(visitor).startsWith("HTTP/1.1 503 "));
    }
  }

  @Test
  void aMistakeOfOursInAWakeIsAFailedWakeToo() throws Exception {
    Duty nothing = TestLookout.duty(TestLookout.LONG, false, List.of("\0"));
    try (TestLookout lookout = new TestLookout(folder, nothing);
        Socket visitor = lookout.visit()) {
      assertTrue(answer(visitor).startsWith("HTTP/1.1 503 "));
      assertTrue(lookout.figures().text("last-error").startsWith("cannot run a master: "));
    }
  }

  @Test
  void toldToStopItTellsTheMasterAndEndsWithIt() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, SERVES);
        Socket visitor = lookout.visit()) {
      lookout.awaitState("awake");
      lookout.term();
      lookout.awaitEnd();
      assertFalse(Files.exists(lookout.control()));
      assertTrue(visitor.isConnected());
    }
  }

  @Test
  void toldAgainItTellsTheMasterAgain() throws Exception {
    String stubborn =
        "trap 'n=1$n; [ $n != 11 ] || exit 0' TERM; printf r; while :; do sleep 0.05; done";
    try (TestLookout lookout = new TestLookout(folder, stubborn);
        Socket visitor = lookout.visit()) {
      lookout.awaitState("awake");
      lookout.term();
      lookout.awaitState("stopping");
      while (lookout.figures().text("state").equals("stopping") && visitor.isConnected()) {
        // A signal that comes while another of its kind is pending is lost (signal(7)).
        lookout.term();
        Thread.sleep(60);
        if (!Files.exists(lookout.control())) {
          break;
        }
      }
      lookout.awaitEnd();
    }
  }

  @Test
  void aMasterThatIsStoppedIsKilledWhenItsTimeIsOver() throws Exception {
    Times short_ = new Times(60_000, 300);
    try (TestLookout lookout = new TestLookout(folder, short_, false, "printf r; kill -STOP $$");
        Socket visitor = lookout.visit()) {
      lookout.awaitState("awake");
      lookout.term();
      lookout.awaitEnd();
      assertTrue(visitor.isConnected());
    }
  }

  @Test
  void onceItBeginsWithAWakeAndLeavesWhenNobodyWaits() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, TestLookout.LONG, true, "printf r")) {
      lookout.awaitEnd();
    }
  }

  @Test
  void onceItWakesAgainForSomebodyWhoCameMeanwhile() throws Exception {
    String script = counting("printf r; while [ ! -e " + folder + "/go ]; do sleep 0.02; done");
    try (TestLookout lookout = new TestLookout(folder, TestLookout.LONG, true, script);
        Socket visitor = lookout.visit()) {
      lookout.awaitState("awake");
      Files.createFile(folder.resolve("go"));
      lookout.await("a second start", figures -> figures.number("wakes") > 1);
      lookout.accept();
      lookout.awaitEnd();
      assertTrue(visitor.isConnected());
      assertTrue(starts() >= 2);
    }
  }
}
