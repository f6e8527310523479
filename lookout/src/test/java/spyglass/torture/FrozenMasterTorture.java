package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client;
import spyglass.e2e.Launcher;
import spyglass.e2e.Proc;
import spyglass.e2e.Tree;

/**
 * A master that stands still reads no heartbeats, and after a while their pipe is full. Its workers
 * must not care, and when it goes on it must be right about who is busy.
 */
@Timeout(1200)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FrozenMasterTorture {

  private static final String SLOW = Launcher.example("slow");
  private static final int CLIENTS = 16;
  private static final int FREEZES = 10;

  @TempDir private Path folder;

  @Test
  void workers_serve_on_while_their_master_stands_still_and_it_is_right_when_it_goes_on()
      throws Exception {
    Dose dose = Dose.told("FrozenMasterTorture");
    try (Tree tree = Tree.of("--timeout", "2", "--run", folder.toString(), SLOW)) {
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      tree.awaitAwake(2);
      long master = tree.awaitMaster();
      List<Long> workers = tree.workers();
      Proc.kill("STOP", master);
      tree.await("a frozen master", () -> Proc.isStopped(master));
      for (long worker : workers) {
        FullPipe.fill(folder, worker, master);
      }
      serve(dose, tree);
      assertEquals(workers, tree.workers());
      goOnWhileBusy(tree, master, workers);
      tree.awaitAsleep();
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  private static void serve(Dose dose, Tree tree) throws Exception {
    long from = System.nanoTime();
    try (Load load = new Load(tree.port(), "/?s=0", CLIENTS, dose.requests())) {
      load.await();
      double seconds = (System.nanoTime() - from) / 1e9;
      dose.publish(
          "frozen-master",
          String.format(
              Locale.ROOT,
              "a frozen master, full pipes: %d requests answered in %.0f s, %d failed, %d crossed",
              load.answered(),
              seconds,
              load.failures().size(),
              load.crossed()));
      assertEquals(List.of(), load.failures(), () -> "the log is " + tree.logFile());
      assertEquals(dose.requests(), load.answered() + load.crossed());
    }
  }

  /** An answer of twice the timeout begins while the master stands still, and is heard to its end. */
  private static void goOnWhileBusy(Tree tree, long master, List<Long> workers) throws Exception {
    try (Client client = new Client(tree.port())) {
      client.ask("/?s=5");
      client.awaitFirstByte();
      Proc.kill("CONT", master);
      assertTrue(client.answer().body().endsWith("is done\n"));
      assertEquals(0, tree.countInLog("stopping"), "it fell asleep over a request");
      assertEquals(master, tree.master());
      assertEquals(workers, tree.workers());
    }
  }

  /**
   * When it goes on, the clock says that nobody has come for longer than the timeout, and in the pipes
   * stands that somebody has: it must not look at the clock first.
   */
  @Test
  void a_master_that_goes_on_reads_what_it_has_missed_before_it_thinks_of_sleep() throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", "--run", folder.toString(), SLOW)) {
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      tree.awaitAwake(2);
      for (int freeze = 1; freeze <= FREEZES; freeze++) {
        long master = tree.master();
        Proc.kill("STOP", master);
        tree.await("a frozen master", () -> Proc.isStopped(master));
        try (Client client = new Client(tree.port())) {
          client.ask("/?s=3");
          client.awaitFirstByte();
          // This is how long the master stands still, and not a wait for anything.
          Thread.sleep(1500);
          Proc.kill("CONT", master);
          assertTrue(client.answer().body().endsWith("is done\n"));
        }
        String where = "it fell asleep over a request, after freeze " + freeze + "; the log is ";
        assertEquals(0, tree.countInLog("stopping"), () -> where + tree.logFile());
      }
      tree.awaitAsleep();
    }
  }
}
