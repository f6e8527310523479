package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import spyglass.e2e.Client.Answer;

/** Asleep it is one process, a visitor makes it many, and nothing of them remains. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class SleepIT {

  private static final String HELLO = Launcher.example("hello");

  @Test
  void asleep_it_is_one_process_and_a_visitor_makes_it_a_tree() throws Exception {
    try (Tree tree = Tree.of("--workers", "3", HELLO)) {
      assertEquals(List.of(tree.lookout()), tree.all().stream().map(Proc::pid).toList());
      Answer answer = Client.get(tree.port(), "/");
      assertEquals(200, answer.status());
      assertEquals("Hello from Spyglass.\n", answer.body());
      tree.awaitAwake(3);
      long master = tree.master();
      for (Proc proc : tree.all()) {
        switch (proc.name()) {
          case "spy-master" -> assertEquals(tree.lookout(), proc.parent());
          case "spy-worker" -> assertEquals(master, proc.parent());
          default -> assertEquals(tree.lookout(), proc.pid());
        }
      }
    }
  }

  @Test
  void two_workers_answer_when_nobody_says_how_many() throws Exception {
    try (Tree tree = Tree.of(HELLO)) {
      Client.get(tree.port(), "/");
      tree.awaitAwake(2);
    }
  }

  @Test
  void after_the_timeout_it_is_one_process_again_each_time_with_as_many_descriptors()
      throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", HELLO)) {
      List<Long> descriptors = new ArrayList<>();
      for (int sleep = 1; sleep <= 3; sleep++) {
        assertEquals(200, Client.get(tree.port(), "/").status());
        tree.awaitAsleep();
        descriptors.add(Proc.descriptors(tree.lookout()));
      }
      assertTrue(
          descriptors.getLast() <= descriptors.getFirst(),
          () -> "its descriptors at each sleep: " + descriptors);
    }
  }

  @Test
  void asleep_it_has_given_back_the_pages_of_files_and_it_wakes_all_the_same() throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", HELLO)) {
      for (int sleep = 1; sleep <= 3; sleep++) {
        assertEquals(200, Client.get(tree.port(), "/").status());
        tree.awaitAsleep();
        // What it has not written to itself is files: some 27 MB, if nothing is given back.
        tree.await("a lookout with few pages of files", () -> filePages(tree) < 15_000);
      }
    }
  }

  private static long filePages(Tree tree) {
    return Proc.residentKilobytes(tree.lookout()) - Proc.privateDirtyKilobytes(tree.lookout());
  }

  @Test
  void fifty_visitors_at_once_of_a_sleeper_are_all_answered() throws Exception {
    try (Tree tree = Tree.of(HELLO)) {
      List<Client> visitors = new ArrayList<>();
      try {
        // The kernel completes each connection, whether or not anybody is there to accept it.
        for (int i = 0; i < 50; i++) {
          visitors.add(new Client(tree.port()));
        }
        for (Client visitor : visitors) {
          visitor.ask("/");
        }
        for (Client visitor : visitors) {
          assertEquals(200, visitor.answer().status());
        }
      } finally {
        for (Client visitor : visitors) {
          visitor.close();
        }
      }
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  @Test
  void no_request_fails_while_it_falls_asleep_and_wakes_again_and_again() throws Exception {
    long seed = System.nanoTime();
    System.out.println("the pauses between visits are those of seed " + seed);
    Random random = new Random(seed);
    try (Tree tree = Tree.of("--timeout", "1", HELLO)) {
      while (tree.countInLog("somebody is there: waking") < 6) {
        assertEquals(200, Client.get(tree.port(), "/").status());
        // This is the visitor's pause, not a wait for something: mostly a little more or less than
        // the timeout, because what can go wrong goes wrong while it falls asleep.
        Thread.sleep(random.nextInt(5) == 0 ? random.nextInt(3000) : 900 + random.nextInt(500));
      }
      tree.awaitAsleep();
    }
  }

  @Test
  void a_request_longer_than_the_timeout_is_finished_and_keeps_the_tree_awake() throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", Launcher.example("slow"));
        Client client = Client.beingServed(tree.port(), "/?s=5")) {
      tree.awaitAwake(2);
      long master = tree.master();
      List<Long> workers = tree.workers();
      // A line a second: that is three times the timeout, and the answer goes on.
      client.awaitPart("3 of 5");
      assertEquals(master, tree.master());
      assertEquals(workers, tree.workers());
      assertTrue(client.answer().body().endsWith("is done\n"));
      assertEquals(1, tree.countInLog("somebody is there: waking"));
      // The connection is still open, but nobody asks anything: that keeps nobody awake.
      tree.awaitAsleep();
    }
  }
}
