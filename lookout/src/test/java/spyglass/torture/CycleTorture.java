package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.e2e.Client;
import spyglass.e2e.Launcher;
import spyglass.e2e.Tree;

/** Sleep and wake, again and again: whatever the lookout keeps of a cycle would add up. */
@Timeout(3600)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CycleTorture {

  /** By then all is loaded that a cycle needs. */
  private static final int WARM = 10;

  private static final int MOST_MORE_KILOBYTES = 1024;
  private static final long SLEEP_SECONDS = 30;

  @TempDir private Path folder;

  @Test
  void after_many_cycles_the_lookout_is_what_it_was_after_the_tenth() throws Exception {
    Dose dose = Dose.told("CycleTorture");
    String[] options = {"--timeout", "1", "--run", folder.toString(), Launcher.example("hello")};
    List<String> report = new ArrayList<>();
    List<Double> wakes = new ArrayList<>();
    try (Tree tree = Tree.of(options);
        StageWatch watch = new StageWatch(tree.logFile())) {
      Optional<Control> control = Control.in(folder);
      for (int cycle = 1; cycle <= WARM; cycle++) {
        wakes.add(cycle(tree, watch, control, cycle));
      }
      tree.awaitAsleep();
      Vitals before = Vitals.of(tree.lookout());
      report.add("after " + WARM + " cycles: " + before);
      for (int cycle = WARM + 1; cycle <= dose.cycles(); cycle++) {
        wakes.add(cycle(tree, watch, control, cycle));
        if (cycle % 100 == 0) {
          report.add("after " + cycle + " cycles: " + Vitals.of(tree.lookout()));
          System.out.println(report.getLast());
        }
      }
      tree.awaitAsleep();
      Vitals after = Vitals.of(tree.lookout());
      report.add("after all " + dose.cycles() + ": " + after);
      report.add("first byte to last of each cycle's one answer: " + Timings.of(wakes));
      report.add(control.isPresent() ? "told to sleep" : "slept after --timeout 1");
      dose.publish("cycles", String.join("\n", report));
      assertEquals(before.descriptors(), after.descriptors());
      assertEquals(before.threads(), after.threads());
      long more = after.privateDirtyKilobytes() - before.privateDirtyKilobytes();
      assertTrue(more <= MOST_MORE_KILOBYTES, () -> more + " kB more are the lookout's own");
    }
  }

  /** One wake and one sleep; answers how many milliseconds the visitor waited. */
  private static double cycle(Tree tree, StageWatch watch, Optional<Control> control, int number)
      throws IOException {
    long sleeps = watch.times(Stage.ASLEEP);
    long from = System.nanoTime();
    assertEquals(200, Client.get(tree.port(), "/").status(), () -> "in cycle " + number);
    double millis = (System.nanoTime() - from) / 1e6;
    if (control.isPresent()) {
      control.get().say("sleep");
    }
    assertTrue(
        watch.await(Stage.ASLEEP, sleeps + 1, SLEEP_SECONDS),
        () -> "no sleep in cycle " + number + "; the log is " + tree.logFile());
    return millis;
  }
}
