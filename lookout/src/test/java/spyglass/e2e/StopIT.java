package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.ConnectException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What signals do: orders are carried out in order, and whoever is killed is not missed for long. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StopIT {

  private static final String SLOW = Launcher.example("slow");
  private static final String PIDS = Launcher.example("pids");

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void a_signal_to_the_lookout_lets_an_accepted_request_finish_and_then_all_end_well(String signal)
      throws Exception {
    try (Tree tree = Tree.of(SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=3")) {
      Proc.kill(signal, tree.lookout());
      assertWhole(client);
      assertEquals(0, tree.awaitEnd());
    }
  }

  @Test
  void a_Ctrl_C_that_reaches_every_process_at_once_does_the_same() throws Exception {
    try (Tree tree = Tree.of(SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=3")) {
      tree.awaitAwake(2);
      tree.awaitMaster();
      // A negative pid is a process group (kill(2)), as the terminal's driver has it.
      Proc.kill("INT", -tree.lookout());
      assertWhole(client);
      assertEquals(0, tree.awaitEnd());
    }
  }

  @Test
  void TERM_to_a_sleeper_ends_it_well() throws Exception {
    try (Tree tree = Tree.of(SLOW)) {
      Proc.kill("TERM", tree.lookout());
      assertEquals(0, tree.awaitEnd());
    }
  }

  @Test
  void TERM_to_the_master_is_an_early_sleep() throws Exception {
    try (Tree tree = Tree.of(SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=3")) {
      Proc.kill("TERM", tree.awaitMaster());
      assertWhole(client);
      tree.awaitAsleep();
    }
  }

  @Test
  void a_worker_killed_with_9_is_replaced_and_the_next_request_is_answered() throws Exception {
    try (Tree tree = Tree.of(PIDS)) {
      Client.get(tree.port(), "/");
      tree.awaitAwake(2);
      List<Long> before = tree.workers();
      Proc.kill("KILL", before.getFirst());
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitGone(List.of(before.getFirst()), "the dead worker to be no zombie");
      tree.awaitAwake(2);
      assertTrue(tree.workers().contains(before.getLast()));
      assertFalse(tree.workers().contains(before.getFirst()));
    }
  }

  @Test
  void a_master_killed_with_9_takes_no_request_along_and_the_next_visitor_wakes_another()
      throws Exception {
    try (Tree tree = Tree.of(SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=3")) {
      tree.awaitAwake(2);
      long master = tree.master();
      List<Long> dead = new ArrayList<>(tree.workers());
      dead.add(master);
      Proc.kill("KILL", master);
      // At once: either an old worker that does not know yet answers, or a new one.
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      assertWhole(client);
      tree.awaitGone(dead, "the master and its workers to be gone");
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      tree.awaitAwake(2);
      assertNotEquals(master, tree.master());
    }
  }

  @Test
  void a_lookout_killed_with_9_takes_no_request_along_and_leaves_no_orphans() throws Exception {
    try (Tree tree = Tree.of(SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=3")) {
      tree.awaitAwake(2);
      Proc.kill("KILL", tree.lookout());
      assertWhole(client);
      assertEquals(128 + 9, tree.awaitEnd());
      assertThrows(ConnectException.class, () -> Client.get(tree.port(), "/"));
    }
  }

  /** Whoever starts a server may die before that has had a first look at its parent. */
  @Test
  void a_server_whose_starter_was_dead_before_it_looked_leaves() throws Exception {
    Process starter = new ProcessBuilder("true").start();
    starter.waitFor();
    Map<String, String> environment = Map.of("SPYGLASS_STARTER", Long.toString(starter.pid()));
    Launcher.Run run =
        Launcher.finish(environment, "--with-parent", "--listen", "127.0.0.1:0", "-v", PIDS);
    assertEquals(0, run.process().exitValue());
    String log = String.join("\n", run.lines());
    assertTrue(log.contains("whoever has started this is gone"), log);
  }

  @Test
  void QUIT_makes_a_worker_print_its_threads_to_the_log_and_live_on() throws Exception {
    try (Tree tree = Tree.of(PIDS)) {
      Client.get(tree.port(), "/");
      tree.awaitReady(2);
      List<Long> workers = tree.workers();
      long master = tree.awaitMaster();
      for (long pid : List.of(workers.getFirst(), master, tree.lookout())) {
        Proc.kill("QUIT", pid);
      }
      tree.await("three thread dumps", () -> tree.countInLog("Full thread dump") == 3);
      assertEquals(200, Client.get(tree.port(), "/").status());
      assertEquals(workers, tree.workers());
      assertEquals(master, tree.master());
      assertEquals(0, tree.countInLog("a byte that means nothing"));
    }
  }

  /** And then the visitor hangs up, as curl does; one who stays is waited for, for two seconds. */
  private static void assertWhole(Client client) throws IOException {
    assertTrue(client.answer().body().endsWith("is done\n"));
    client.close();
  }
}
