package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client;
import spyglass.e2e.Tree;

/**
 * Four kinds of client come and go while master and workers are killed, frozen and told to leave, at
 * any time and at each stage of their life. Who was not accepted is never lost; who was is lost only
 * if the worker that held him was killed.
 */
@Timeout(3600)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LifeTorture {

  private static final int CLIENTS_OF_A_KIND = 4;
  private static final int PROGRESS_MILLIS = 10_000;

  /** A shorter run need not have come to everything. */
  private static final int LONG_ENOUGH_SECONDS = 120;

  @TempDir private Path folder;

  @Test
  void whatever_is_killed_or_frozen_nobody_is_lost_but_who_was_being_served_by_the_killed()
      throws Exception {
    Dose dose = Dose.told("LifeTorture");
    TortureApp app = TortureApp.in(folder);
    String[] options = {
      "--workers", "2", "--timeout", "1", "--drain", "10", "--run", folder.toString(), app.jar()
    };
    try (Tree tree = Tree.of(options);
        StageWatch watch = new StageWatch(tree.logFile())) {
      // What a JVM opens when it starts a process for the first time does not count.
      assertEquals(200, Client.get(tree.port(), "/?0").status());
      tree.awaitAsleep();
      Tide tide = new Tide();
      Scene scene = new Scene(tree.port(), watch, tide);
      Chaos chaos = new Chaos(tree, watch, tide, dose.random(0));
      run(dose, watch, scene, chaos);
      Books books = new Books(scene.visits(), app.begun(), chaos.hits());
      dose.publish("life", new Report(books).text(title(dose, watch, chaos)));
      // Compares its descriptors with those at the start, too; closing wants all to be gone.
      tree.awaitAsleep();
      assertEquals(List.of(), books.accusations(), () -> "the log is " + tree.logFile());
      // This app starts whenever it is let, and no boot is killed as often as would count.
      assertEquals(0, books.refused(), () -> "a killed boot is no failed one: " + tree.logFile());
      if (dose.seconds() >= LONG_ENOUGH_SECONDS) {
        Set<Stage> missed = EnumSet.complementOf(EnumSet.of(Stage.ASLEEP));
        missed.removeAll(books.stagesHit());
        assertEquals(Set.of(), missed, "no hit has met these stages");
        assertTrue(chaos.takesOrders(), "this lookout knows no HUP, TTIN and TTOU");
      }
    }
  }

  private static void run(Dose dose, StageWatch watch, Scene scene, Chaos chaos) throws Exception {
    Tide tide = scene.tide();
    List<Future<?>> all = new ArrayList<>();
    try (ExecutorService threads = Executors.newCachedThreadPool()) {
      try {
        all.add(threads.submit(() -> runTide(tide, dose)));
        int number = 2;
        for (Kind kind : Kind.values()) {
          for (int i = 0; i < CLIENTS_OF_A_KIND; i++) {
            all.add(threads.submit(new Visitor(scene, kind, dose.random(number++))));
          }
        }
        all.add(threads.submit(() -> runChaos(chaos)));
        long until = System.nanoTime() + dose.seconds() * 1_000_000_000L;
        while (System.nanoTime() - until < 0) {
          tide.rest(PROGRESS_MILLIS);
          progress(dose, until, watch, scene, chaos);
        }
      } finally {
        tide.end();
      }
      for (Future<?> one : all) {
        one.get();
      }
    }
  }

  private static void runTide(Tide tide, Dose dose) {
    try {
      tide.run(dose.random(1));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the tide", e);
    }
  }

  private static void runChaos(Chaos chaos) {
    try {
      chaos.run();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts chaos", e);
    }
  }

  private static void progress(Dose dose, long until, StageWatch watch, Scene scene, Chaos chaos) {
    System.out.printf(
        Locale.ROOT,
        "%4d s of %d: %d wakes, %d requests, %d not answered, %d hits%n",
        dose.seconds() - Math.max(0, (until - System.nanoTime()) / 1_000_000_000),
        dose.seconds(),
        watch.times(Stage.WAKING),
        scene.visits().size(),
        scene.visits().stream().filter(visit -> visit.fate() != Fate.ANSWERED).count(),
        chaos.hits().size());
  }

  private static String title(Dose dose, StageWatch watch, Chaos chaos) {
    return String.format(
        Locale.ROOT,
        "LifeTorture: seed %d, %d s, %d wakes, %d sleeps%s",
        dose.seed(),
        dose.seconds(),
        watch.times(Stage.WAKING),
        watch.times(Stage.ASLEEP),
        chaos.takesOrders()
            ? ""
            : "; HUP, TTIN and TTOU were not sent: the lookout has no handler");
  }
}
