package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.control.Figures;

/** What the control socket answers, and what goes on to a master, which is pretended here. */
@Timeout(60)
class DeskTest {

  @TempDir private Path folder;

  /** Says its pid in a file, serves until TERM or until there is a file "go". */
  private String master() {
    return "echo $$ >"
        + folder
        + "/pid; mv "
        + folder
        + "/pid "
        + folder
        + "/master;"
        + " trap 'exit 0' TERM; printf r; while [ ! -e "
        + folder
        + "/go ]; do sleep 0.02; done;"
        + " rm "
        + folder
        + "/go";
  }

  private TestLookout awake() throws Exception {
    TestLookout lookout = new TestLookout(folder, master());
    assertEquals("ok waking\n", lookout.ask("wake"));
    assertEquals("order", lookout.awaitState("awake").text("last-wake-reason"));
    return lookout;
  }

  /** The master's end of the connection. */
  private final class PretendedMaster implements AutoCloseable {
    private final SocketChannel channel;
    private final BufferedReader lines;

    PretendedMaster(TestLookout lookout) throws Exception {
      channel = lookout.connect();
      lines = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8));
      say("master " + Files.readString(folder.resolve("master")));
    }

    void say(String text) throws Exception {
      TestLookout.say(channel, text);
    }

    String hear() throws Exception {
      return String.valueOf(lines.readLine());
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

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

  /** Asks for the status until the master is asked for it, and answers. */
  private static Figures asked(PretendedMaster master, TestLookout lookout, String answer)
      throws Exception {
    List<String> told = new ArrayList<>();
    Thread asker =
        Thread.ofVirtual()
            .start(() -> {
              // Before it has connected, a master counts as silent.
              while (told.isEmpty() || told.contains("master-silent true")) {
                told.clear();
                told.addAll(ask(lookout));
              }
            });
    assertEquals("status", master.hear());
    master.say(answer);
    asker.join();
    return Figures.of(String.join("\n", told));
  }

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

  private static List<String> ask(TestLookout lookout) {
    try {
      return lookout.ask("status").lines().toList();
    } catch (IOException e) {
      return List.of();
    }
  }

  @Test
  void totalsOnlyGrowOverMastersAndALastWordIsHeard() throws Exception {
    try (TestLookout lookout = awake()) {
      try (PretendedMaster master = new PretendedMaster(lookout)) {
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
        master.say("total served=4 died=0 restarts=0\n");
        Files.createFile(folder.resolve("go"));
        Figures again = lookout.awaitState("asleep");
        assertEquals(11, again.number("served-total"));
        assertEquals(2, again.number("restarts-total"));
      }
    }
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
      assertEquals(0, lookout.awaitEnd());
    }
  }
}
