package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.control.Figures;

/** What the control socket answers, and what goes on to a master. */
@Timeout(60)
class DeskTest extends DeskWithMaster {

  @Test
  void asleepEverythingIsAnsweredAndNobodyIsWoken() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, "exit 1")) {
      Figures figures = lookout.figures();
      assertEquals("asleep", figures.text("state"));
      assertEquals("t", figures.text("name"));
      assertEquals(ProcessHandle.current().pid(), figures.number("pid"));
      assertEquals(2, figures.number("wanted"));
      assertTrue(lookout.ask("metrics").contains("\nspyglass_awake 0\n"));
      assertTrue(lookout.ask("reload").startsWith("ok asleep"));
      assertTrue(lookout.ask("sleep").startsWith("ok asleep"));
      assertTrue(lookout.ask("dump").startsWith("ok asleep"));
      assertTrue(lookout.ask("dance").startsWith("wrong "));
      assertTrue(lookout.ask("scale 0").startsWith("wrong "));
      assertTrue(lookout.ask("scale 257").startsWith("wrong "));
      assertTrue(lookout.ask("master 1").startsWith("wrong "));
      assertEquals(0, lookout.figures().number("wakes"));
    }
  }

  @Test
  void howManyAreWantedIsRememberedAndToldToEachMaster() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, master())) {
      assertEquals("ok 3 workers\n", lookout.ask("more"));
      assertEquals("ok 2 workers\n", lookout.ask("fewer"));
      assertEquals("ok 1 worker\n", lookout.ask("fewer"));
      assertEquals("ok 1 worker\n", lookout.ask("fewer"));
      lookout.ask("scale 5");
      lookout.ask("wake");
      lookout.awaitState("awake");
      lookout.ask("dump");
      try (PretendedMaster master = new PretendedMaster(lookout)) {
        assertEquals("scale 5", master.hear());
        assertEquals("dump", master.hear());
        lookout.ask("more");
        assertEquals("more", master.hear());
        master.say("wanted 6\n");
        assertEquals(6, asked(master, lookout, "stage serving\n\n").number("wanted"));
      }
      Files.createFile(folder.resolve("go"));
      assertEquals(6, lookout.awaitState("asleep").number("wanted"));
    }
  }

  @Test
  void anAppThatMustBeAloneHasOneWorkerWhateverIsOrdered() throws Exception {
    Duty alone =
        new Duty("t", "http://t", "1", "", true, false, 1, true, 60_000, 60_000, false, List.of());
    try (TestLookout lookout = new TestLookout(folder, alone)) {
      assertTrue(lookout.ask("scale 3").startsWith("wrong this app says that it must be alone"));
      assertEquals("ok 1 worker\n", lookout.ask("more"));
      assertEquals("ok 1 worker\n", lookout.ask("fewer"));
      assertEquals("ok 1 worker\n", lookout.ask("scale 1"));
      assertEquals(1, lookout.figures().number("wanted"));
    }
  }

  @Test
  void anOrderToWakeWhileAllGoToSleepIsCarriedOutAfterwards() throws Exception {
    try (TestLookout lookout = awake();
        PretendedMaster master = new PretendedMaster(lookout)) {
      master.say("state sleeping\n");
      lookout.await("going to sleep", now -> now.text("state").equals("going-to-sleep"));
      assertTrue(lookout.ask("wake").startsWith("ok it will wake"));
      Files.createFile(folder.resolve("go"));
      lookout.await("a second wake", now -> now.number("wakes") == 2);
    }
  }

  @Test
  void whoSaysTooMuchIsClosedAndWhoOnlyListensStillGetsHisAnswer() throws Exception {
    try (TestLookout lookout = new TestLookout(folder, "exit 1")) {
      try (SocketChannel loud = lookout.connect()) {
        TestLookout.say(loud, "x".repeat(5000));
        assertEquals(0, Channels.newInputStream(loud).readAllBytes().length);
      } catch (IOException e) {
        // A reset says the same.
      }
      try (SocketChannel quiet = lookout.connect()) {
        TestLookout.say(quiet, "status\n");
        quiet.shutdownOutput();
        assertTrue(Channels.newInputStream(quiet).readAllBytes().length > 100);
      }
    }
  }

  @Test
  void beyondThirtyTwoPeopleWaitAtTheDoor() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    try (TestLookout lookout = new TestLookout(folder, "exit 1")) {
      for (int i = 0; i < 32; i++) {
        idle.add(lookout.connect());
      }
      SocketChannel late = lookout.connect();
      TestLookout.say(late, "status\n");
      idle.removeLast().close();
      assertTrue(Channels.newInputStream(late).readAllBytes().length > 100);
      late.close();
    } finally {
      for (SocketChannel one : idle) {
        one.close();
      }
    }
  }

  @Test
  void stopAnswersAndEndsIt() throws Exception {
    try (TestLookout lookout = awake()) {
      assertEquals("ok stopping\n", lookout.ask("stop"));
      lookout.awaitEnd();
    }
  }
}
