package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client;
import spyglass.e2e.Launcher;
import spyglass.e2e.Tree;

/**
 * Visitors who come just when the server goes to sleep. It sleeps a second after the last visitor, and
 * the next one comes at any moment from a second before that to a second after; every second time
 * within a tenth of a second of it, because that is where something could go wrong.
 */
@Timeout(3600)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class EdgeTorture {

  private static final int TIMEOUT_MILLIS = 1000;
  private static final int SERVERS = 2;
  private static final int PLAIN_EVERY = 5;

  /**
   * Who comes when the old workers are just leaving waits for their end and then for a wake. More than
   * so many of the slowest plain wakes means that somebody was forgotten for a while.
   */
  private static final int MOST_WAKES = 4;

  @TempDir private Path folder;

  private final Queue<Double> atEdge = new ConcurrentLinkedQueue<>();
  private final Queue<Double> plain = new ConcurrentLinkedQueue<>();

  @Test
  void who_comes_when_it_falls_asleep_is_answered_as_soon_as_who_wakes_it() throws Exception {
    Dose dose = Dose.told("EdgeTorture");
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      List<Future<?>> all = new ArrayList<>();
      for (int server = 0; server < SERVERS; server++) {
        Random random = dose.random(server);
        all.add(threads.submit(() -> run(random, dose.edges() / SERVERS)));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
    Timings edges = Timings.of(atEdge);
    Timings wakes = Timings.of(plain);
    dose.publish("edges", "plain wakes: " + wakes + "\nat the edge of sleep: " + edges);
    assertTrue(
        edges.longest() <= MOST_WAKES * wakes.longest(),
        () -> "the slowest at the edge is out of proportion: " + edges + "; wakes " + wakes);
  }

  private Void run(Random random, int edges) throws Exception {
    try (Tree tree =
        Tree.of("--timeout", "1", "--run", folder.toString(), Launcher.example("hello"))) {
      visit(tree, plain);
      for (int edge = 1; edge <= edges; edge++) {
        Thread.sleep(moment(random));
        visit(tree, atEdge);
        if (edge % PLAIN_EVERY == 0) {
          tree.awaitAsleep();
          visit(tree, plain);
        }
      }
      tree.awaitAsleep();
      return null;
    }
  }

  /** After the last answer, in milliseconds. */
  private static int moment(Random random) {
    int spread = random.nextBoolean() ? TIMEOUT_MILLIS : TIMEOUT_MILLIS / 10;
    return TIMEOUT_MILLIS - spread + random.nextInt(2 * spread + 1);
  }

  private static void visit(Tree tree, Collection<Double> times) throws Exception {
    long from = System.nanoTime();
    assertEquals(200, Client.get(tree.port(), "/").status());
    times.add((System.nanoTime() - from) / 1e6);
  }
}
