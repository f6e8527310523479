package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client.Answer;

/** How long somebody is waited for: who works is given time, who stands still is not. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class PatienceIT {

  private static final String SLOW = Launcher.example("slow");

  /** Each wake that fails puts off the next one for longer. */
  private static final long AFTER_A_BACKOFF_SECONDS = 60;

  @TempDir private Path folder;

  @Test
  void a_second_INT_cuts_what_the_first_would_have_finished() throws Exception {
    try (Tree tree = Tree.of("--drain", "300", SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=60")) {
      Proc.kill("INT", tree.lookout());
      tree.awaitLog(line -> line.contains("told to stop: finishing"), "a worker that drains");
      Proc.kill("INT", tree.lookout());
      tree.awaitEnd();
      assertThrows(IOException.class, client::answer);
    }
  }

  @Test
  void a_master_that_stands_still_does_not_keep_its_server_from_stopping() throws Exception {
    try (Tree tree = Tree.of("--drain", "2", SLOW)) {
      Client.get(tree.port(), "/?s=0");
      tree.awaitAwake(2);
      Proc.kill("STOP", tree.awaitMaster());
      Proc.kill("TERM", tree.lookout());
      tree.awaitEnd();
    }
  }

  @Test
  void an_app_that_hangs_in_its_start_gives_503_until_it_starts() throws Exception {
    Path gate = folder.resolve("gate");
    try (Tree tree = Tree.of("--wake-deadline", "2", TestJar.withWaiter(folder, gate))) {
      assertRefused(Client.get(tree.port(), "/"));
      Files.createFile(gate);
      tree.await("an answer", AFTER_A_BACKOFF_SECONDS, () -> status(tree) == 200);
    }
  }

  @Test
  void a_master_that_stands_still_while_it_boots_gives_503_and_the_next_one_serves()
      throws Exception {
    Path gate = folder.resolve("gate");
    try (Tree tree = Tree.of("--wake-deadline", "2", TestJar.withWaiter(folder, gate));
        Client client = new Client(tree.port())) {
      client.ask("/");
      tree.await("a boot", () -> tree.countInLog("waiting") == 1);
      Proc.kill("STOP", tree.awaitNamed("spy-master"));
      assertRefused(client.answer());
      Files.createFile(gate);
      tree.await("an answer", AFTER_A_BACKOFF_SECONDS, () -> status(tree) == 200);
    }
  }

  @Test
  void who_comes_while_a_master_that_was_told_to_end_does_so_is_answered_by_the_next()
      throws Exception {
    try (Tree tree = Tree.of(SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=4")) {
      tree.awaitAwake(2);
      long old = tree.awaitMaster();
      Proc.kill("TERM", old);
      tree.awaitLog(line -> line.contains("told to stop: finishing"), "a worker that drains");
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      assertNotEquals(old, tree.awaitMaster());
      assertTrue(client.answer().body().endsWith("is done\n"));
    }
  }

  @Test
  void once_woken_it_stays_awake_as_long_as_it_was_told_to() throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", "--awake-at-least", "4", SLOW)) {
      long from = System.nanoTime();
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      tree.awaitAwake(2);
      tree.awaitAsleep();
      long awake = System.nanoTime() - from;
      assertTrue(awake >= TimeUnit.SECONDS.toNanos(4), () -> "awake for " + awake + " ns");
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  private static void assertRefused(Answer answer) {
    assertEquals(503, answer.status());
    assertTrue(answer.field("Retry-After").matches("[1-9][0-9]*"), answer::head);
  }

  private static int status(Tree tree) {
    try {
      return Client.get(tree.port(), "/").status();
    } catch (IOException e) {
      throw new AssertionError("the listener should have stayed", e);
    }
  }
}
