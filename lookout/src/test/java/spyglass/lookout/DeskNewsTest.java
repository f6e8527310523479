package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.control.Figures;

/** What a master says of itself, and what of that is known when it is gone. */
@Timeout(60)
class DeskNewsTest extends DeskWithMaster {

  @Test
  void theMastersFiguresFollowItsOwnAndASilentOneIsSaidToBeSilent() throws Exception {
    try (TestLookout lookout = awake();
        PretendedMaster master = new PretendedMaster(lookout)) {
      assertEquals(1, asked(master, lookout, "served 1\n\n").number("served"));
      assertEquals("true", lookout.figures().text("master-silent"));
      List<String> told = new ArrayList<>();
      Thread asker = Thread.ofVirtual().start(() -> told.addAll(ask(lookout)));
      // The question that was not answered in time, and then the one that counts.
      assertEquals("status", master.hear());
      lookout.ask("dump");
      assertEquals("dump", master.hear());
      master.say("served 2\n\n");
      assertEquals("status", master.hear());
      master.say("worker pid=7 state=busy since=5 in-flight=2 served=9 rss=4096\nserved 3\n\n");
      asker.join();
      Figures figures = Figures.of(String.join("\n", told));
      assertFalse(figures.find("master-silent").isPresent());
      assertEquals(3, figures.number("served"));
      assertEquals(List.of(new Figures.Worker(7, "busy", 5, 2, 9, 4096)), figures.workers());
    }
  }

  @Test
  void totalsOnlyGrowOverMastersAndALastWordIsHeard() throws Exception {
    try (TestLookout lookout = awake()) {
      try (PretendedMaster master = new PretendedMaster(lookout)) {
        awaitKnown(master, lookout, "the first is here");
        master.say(
            "total served=5 died=1 restarts=2\nstate serving\ntotal served=7 died=1 restarts=2\n");
        Files.createFile(folder.resolve("go"));
        lookout.awaitState("asleep");
      }
      Figures asleep = lookout.figures();
      assertEquals(7, asleep.number("served-total"));
      assertEquals(1, asleep.number("died-total"));
      lookout.ask("wake");
      lookout.awaitState("awake");
      try (PretendedMaster master = new PretendedMaster(lookout)) {
        awaitKnown(master, lookout, "the second is here");
        master.say("total served=4 died=0 restarts=0\n");
        Files.createFile(folder.resolve("go"));
        Figures again = lookout.awaitState("asleep");
        assertEquals(11, again.number("served-total"));
        assertEquals(2, again.number("restarts-total"));
      }
    }
  }

  /** A last word is heard of a master that the lookout knows; this one has just connected. */
  private static void awaitKnown(PretendedMaster master, TestLookout lookout, String word)
      throws Exception {
    master.say("last-error 1 " + word + "\n");
    lookout.await("the master", now -> now.text("last-error").equals(word));
  }

  @Test
  void aMastersErrorIsKnownAtOnceWithItsOwnTimeAndWhenItIsGone() throws Exception {
    try (TestLookout lookout = awake()) {
      try (PretendedMaster master = new PretendedMaster(lookout)) {
        master.say("last-error nonsense\nlast-error 1234567 a worker died\n");
        lookout.await("the error", now -> now.text("last-error").equals("a worker died"));
        Files.createFile(folder.resolve("go"));
      }
      assertEquals(1234567, lookout.awaitState("asleep").number("last-error-at"));
    }
  }

  @Test
  void whetherTheLastWakeWasTrainedIsKnownAsleepToo() throws Exception {
    try (TestLookout lookout = awake();
        PretendedMaster master = new PretendedMaster(lookout)) {
      master.say("trained yes\n");
      lookout.await("the news", now -> now.text("trained").equals("yes"));
      assertTrue(lookout.ask("metrics").contains("\nspyglass_boot_last_trained 1\n"));
      Files.createFile(folder.resolve("go"));
      assertEquals("yes", lookout.awaitState("asleep").text("trained"));
    }
  }
}
