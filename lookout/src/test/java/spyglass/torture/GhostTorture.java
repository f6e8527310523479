package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client;
import spyglass.e2e.Launcher;
import spyglass.e2e.Tree;

/** Thousands who connect and want nothing, asleep and awake: no worker dies, and it sleeps all the same. */
@Timeout(1200)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class GhostTorture {

  private static final List<Ghost> GHOSTS = List.of(Ghost.values());
  private static final int AT_ONCE = 100;
  private static final int SLEEPERS_HAUNTED = 15;
  private static final int VISIT_EVERY = 500;
  private static final long SLEEP_SECONDS = 30;

  @TempDir private Path folder;

  private final AtomicInteger haunted = new AtomicInteger();

  @Test
  void whoever_connects_and_wants_nothing_hurts_nobody() throws Exception {
    Dose dose = Dose.told("GhostTorture");
    String[] options = {
      "--timeout",
      "2",
      "--first-byte-timeout",
      "1",
      "--run",
      folder.toString(),
      Launcher.example("hello")
    };
    try (Tree tree = Tree.of(options);
        StageWatch watch = new StageWatch(tree.logFile())) {
      hauntSleepers(tree, watch);
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitAwake(2);
      long wakes = watch.times(Stage.WAKING);
      List<Long> workers = tree.workers();
      hauntAwake(dose, tree);
      assertEquals(workers, tree.workers(), "a worker has died, or all fell asleep");
      tree.awaitAsleep();
      assertEquals(wakes, watch.times(Stage.WAKING));
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitAsleep();
      assertEquals(List.of(), complaints(tree), () -> "the log is " + tree.logFile());
      dose.publish(
          "ghosts",
          SLEEPERS_HAUNTED
              + " sleepers and one server awake, "
              + haunted.get()
              + " ghosts: no worker died, nothing in the log above debug");
    }
  }

  /** A ghost wakes a sleeper, because nobody can know yet that it is one; then it sleeps again. */
  private void hauntSleepers(Tree tree, StageWatch watch) throws IOException {
    for (int time = 0; time < SLEEPERS_HAUNTED; time++) {
      long sleeps = watch.times(Stage.ASLEEP);
      long wakes = watch.times(Stage.WAKING);
      GHOSTS.get(time % GHOSTS.size()).visit(tree.port());
      haunted.incrementAndGet();
      assertTrue(watch.await(Stage.ASLEEP, sleeps + 1, SLEEP_SECONDS), "it does not sleep again");
      assertEquals(wakes + 1, watch.times(Stage.WAKING), "one visitor, one wake");
    }
    tree.awaitAsleep();
  }

  private void hauntAwake(Dose dose, Tree tree) throws Exception {
    try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE)) {
      List<Future<?>> all = new ArrayList<>();
      for (int thread = 0; thread < AT_ONCE; thread++) {
        Random random = dose.random(thread);
        all.add(threads.submit(() -> haunt(tree, random, dose.ghosts())));
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  /** Between the ghosts somebody comes who wants something. */
  private Void haunt(Tree tree, Random random, int ghosts) throws IOException {
    int number = haunted.incrementAndGet();
    while (number <= ghosts) {
      Ghost.any(random).visit(tree.port());
      if (number % VISIT_EVERY == 0) {
        assertEquals(200, Client.get(tree.port(), "/").status());
      }
      number = haunted.incrementAndGet();
    }
    haunted.decrementAndGet();
    return null;
  }

  private static List<String> complaints(Tree tree) {
    return tree.log().stream()
        .filter(line -> line.contains("] warning: ") || line.contains("] error: "))
        .toList();
  }
}
