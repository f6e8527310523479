package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client.Answer;

/** What a worker does as a process: two orders to stop, and health checks. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class WorkerIT {

  private static final String SLOW = Launcher.example("slow");

  private static final int TERM = 15;

  @TempDir private Path folder;

  @Test
  void TERM_lets_a_request_finish_after_drain_and_ALRM_cuts_it_and_the_status_is_0()
      throws Exception {
    try (Tree tree = Tree.of("--workers", "1", "--drain", "1", SLOW);
        Client patient = Client.beingServed(tree.port(), "/?s=4");
        Client cut = Client.beingServed(tree.port(), "/?s=60")) {
      long worker = tree.workers().getFirst();
      Proc.kill("TERM", worker);
      Proc.kill("TERM", worker);
      assertTrue(patient.answer().body().endsWith("is done\n"));
      Proc.kill("ALRM", worker);
      assertThrows(IOException.class, cut::answer);
      tree.awaitLog(line -> line.contains("worker " + worker + " has left (exit 0)"), "its end");
    }
  }

  @Test
  void a_worker_that_somebody_tells_to_leave_is_replaced_though_it_has_work_for_long()
      throws Exception {
    try (Tree tree = Tree.of("--workers", "1", SLOW);
        Client patient = Client.beingServed(tree.port(), "/?s=6")) {
      long worker = tree.workers().getFirst();
      Proc.kill("TERM", worker);
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
      assertTrue(tree.workers().contains(worker), "the visitor had to wait for another's answer");
      assertTrue(patient.answer().body().endsWith("is done\n"));
    }
  }

  /**
   * A JVM that is told to end runs its shutdown hooks first, and the app's here takes its time. Whoever
   * were accepted in that time would get no answer.
   */
  @Test
  void a_worker_that_is_told_to_stop_while_its_app_starts_accepts_nobody_any_more()
      throws Exception {
    Path gate = folder.resolve("gate");
    String jar =
        TestJar.withApp(
            folder,
            "Lingerer",
            """
            public Lingerer() throws InterruptedException {
              Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try { Thread.sleep(2000); } catch (InterruptedException e) { }
              }));
              System.out.println("app starts");
              while (!new java.io.File("%s").exists()) { Thread.sleep(5); }
            }
            public Response call(Request request) {
              return Response.text("" + ProcessHandle.current().pid());
            }
            """
                .formatted(gate));
    try (Tree tree = Tree.of("--workers", "1", jar);
        Client client = new Client(tree.port())) {
      client.ask("/");
      tree.awaitLog(line -> line.contains("app starts"), "an app that starts");
      long told = tree.workers().getFirst();
      Proc.kill("TERM", told);
      Files.createFile(gate);
      assertNotEquals("" + told, client.answer().body());
      assertEquals(0, tree.countInLog("[" + told + "] [Worker] ready"));
    }
  }

  /** TERM is the JVM's own to handle until a worker has said what it does with it. */
  @Test
  void TERM_at_whatever_moment_of_a_boot_costs_nobody_his_answer() throws Exception {
    try (Tree tree = Tree.of("--workers", "1", SLOW)) {
      for (int millis = 0; millis < 40; millis += 5) {
        try (Client client = new Client(tree.port())) {
          client.ask("/?s=0");
          tree.await("a worker's JVM", () -> firstWorker(tree).isPresent());
          long worker = firstWorker(tree).orElseThrow();
          tree.await("its handler of TERM", () -> Proc.catches(worker, TERM));
          Thread.sleep(millis);
          Proc.kill("TERM", worker);
          assertEquals(200, client.answer().status());
        }
        tree.awaitMaster();
        Proc.kill("TERM", tree.master());
        tree.awaitAsleep();
      }
    }
  }

  /** A worker, whatever it is called by now. A master is told what its worker is started with. */
  private static Optional<Long> firstWorker(Tree tree) {
    return tree.all().stream()
        .map(Proc::pid)
        .filter(pid -> Proc.commandLine(pid).contains("spyglass.worker.WorkerMain"))
        .filter(pid -> !Proc.commandLine(pid).contains("spyglass.master.MasterMain"))
        .findFirst();
  }

  @Test
  void probes_over_a_connection_that_stays_are_answered_and_keep_nobody_awake() throws Exception {
    String[] args = {"--workers", "1", "--threads", "1", "--timeout", "2", "--probe", "/up", SLOW};
    try (Tree tree = Tree.of(args);
        Client balancer = new Client(tree.port())) {
      try (Client visitor = Client.beingServed(tree.port(), "/?s=2")) {
        assertEquals("ok\n", probe(balancer).body());
        assertTrue(visitor.answer().body().endsWith("is done\n"));
      }
      probeUntilItLeaves(balancer);
      tree.awaitAsleep();
    }
  }

  private static Answer probe(Client balancer) throws IOException {
    balancer.ask("/up");
    return balancer.answer();
  }

  /** A worker that leaves says so, or closes what is idle. */
  private static void probeUntilItLeaves(Client balancer) {
    try {
      while (probe(balancer).status() == 200) {
        Thread.onSpinWait();
      }
    } catch (IOException e) {
      // It has closed.
    }
  }
}
