package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Many visitors with {@code --accept pass} while workers are killed, each at a moment of its own. Who
 * was being served by a worker that is killed sees that; nobody else does, and nobody waits in vain.
 */
@Timeout(600)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class KillIT {

  private static final int VISITS = Integer.getInteger("spyglass.visits", 1000);
  private static final int KILLS = 2 + VISITS / 2500;
  private static final int AT_ONCE = 32;
  private static final int WORKERS = 3;

  private static final Pattern BOOKS =
      Pattern.compile("passed (\\d+): begun (\\d+), offered again (\\d+), held 0; 0 wait");

  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger lost = new AtomicInteger();
  private final Queue<Span> broken = new ConcurrentLinkedQueue<>();

  /** From when to when, as System.nanoTime tells it. */
  private record Span(long from, long until) {
    boolean meets(Span other) {
      return from <= other.until && other.from <= until;
    }
  }

  @Test
  void workers_are_killed_and_nobody_is_lost_but_who_was_being_served() throws Exception {
    try (Tree tree =
        Tree.of(
            "--protocol",
            "pid-echo",
            "--accept",
            "pass",
            "--threads",
            "8",
            "--workers",
            Integer.toString(WORKERS),
            "--timeout",
            "3",
            Launcher.example("pid-echo"))) {
      visit(tree);
      tree.awaitAwake(WORKERS);
      long master = tree.master();
      tree.await("rest", () -> atRest(tree, master));
      List<Span> kills = new ArrayList<>();
      try (ExecutorService visitors = Executors.newFixedThreadPool(AT_ONCE)) {
        List<Future<?>> all = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
          all.add(visitors.submit(() -> visitUntilEnough(tree)));
        }
        killSome(tree, kills);
        for (Future<?> visitor : all) {
          visitor.get();
        }
      }
      report(kills.size());
      assertEquals(0, lost.get(), () -> String.join("\n", tree.log()));
      for (Span visit : broken) {
        assertTrue(kills.stream().anyMatch(visit::meets), "nobody was killed, and still it broke");
      }
      assertTrue(broken.size() <= 8 * kills.size(), "more broke than the dead could have");
      tree.await("no descriptor of a connection", () -> atRest(tree, master));
      tree.awaitAsleep();
      checkBooks(tree);
    }
  }

  /**
   * A master has three names for the listening socket, its control connection and a link for each
   * worker, a worker its link; and each one that the JDK makes when it closes its first channel, and keeps.
   */
  private static boolean atRest(Tree tree, long master) {
    // Not all of the dead may be replaced yet: the more die young, the longer that takes.
    List<Long> workers = tree.workers();
    return Proc.sockets(master) == 5 + workers.size()
        && workers.stream().allMatch(worker -> Proc.sockets(worker) <= 2);
  }

  /**
   * Evenly among the visits, so that some come to those who replace the dead. One worker is left each
   * time: with none, and nobody replaced for a while, the tree would go to sleep and wake anew.
   */
  private void killSome(Tree tree, List<Span> kills) {
    Random random = new Random(VISITS);
    for (int kill = 1; kill <= KILLS; kill++) {
      int when = VISITS * kill / (KILLS + 1);
      tree.await("enough visits", () -> begun.get() >= when);
      List<Long> workers = tree.workers();
      if (workers.size() > 1) {
        long from = System.nanoTime();
        Proc.kill("KILL", workers.get(random.nextInt(workers.size())));
        kills.add(new Span(from, System.nanoTime()));
      }
    }
  }

  private void visitUntilEnough(Tree tree) {
    while (begun.incrementAndGet() <= VISITS) {
      visit(tree);
    }
  }

  private void visit(Tree tree) {
    long from = System.nanoTime();
    try (Talk client = Talk.to(tree.port())) {
      for (int line = 0; line < 5; line++) {
        if (!client.ask("line " + line).endsWith(" line " + line)) {
          throw new AssertionError("that was no echo");
        }
      }
      answered.incrementAndGet();
    } catch (SocketTimeoutException e) {
      lost.incrementAndGet();
    } catch (IOException e) {
      broken.add(new Span(from, System.nanoTime()));
    }
  }

  private void report(int kills) {
    System.out.printf(
        "%d visits, %d workers killed: answered %d, broken %d, lost %d%n",
        VISITS, kills, answered.get(), broken.size(), lost.get());
  }

  /** What was passed has begun or was offered again; all visitors but the broken ones were answered. */
  private void checkBooks(Tree tree) {
    Matcher books = BOOKS.matcher(String.join("\n", tree.log()));
    assertTrue(books.find(), () -> String.join("\n", tree.log()));
    int passed = Integer.parseInt(books.group(1));
    int begunThere = Integer.parseInt(books.group(2));
    int again = Integer.parseInt(books.group(3));
    System.out.println(books.group());
    assertEquals(passed, begunThere + again);
    assertEquals(VISITS + 1, begunThere, "each visitor was begun with once");
    assertEquals(VISITS + 1, answered.get() + broken.size());
  }
}
