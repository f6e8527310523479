package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A start, a first visit at some moment after it, a sleep, an end; and again. What goes wrong in one of
 * a hundred starts is found by a thousand ({@code -Dcycles=1000}).
 */
@Tag("thorough")
@Timeout(7200)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FirstWakeIT {

  private static final Pattern LISTENING = Pattern.compile("listening on http://127.0.0.1:(\\d+)");

  /** Servers at the same time: each waits for most of its life. */
  private static final int LANES = Integer.getInteger("lanes", 3);

  private static final int CYCLES = Integer.getInteger("cycles", 40);
  private static final int LATEST_MILLIS = 1500;

  @Test
  void whenever_the_first_visitor_comes_it_is_answered_and_the_lookout_lives() throws Exception {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("the first visits come at the moments of seed " + seed);
    Random random = new Random(seed);
    List<Future<?>> cycles = new ArrayList<>();
    try (ExecutorService lanes = Executors.newFixedThreadPool(LANES)) {
      for (int i = 0; i < CYCLES; i++) {
        int after = random.nextInt(LATEST_MILLIS);
        cycles.add(
            lanes.submit(() -> {
              cycle(after);
              return after;
            }));
      }
      int done = 0;
      for (Future<?> cycle : cycles) {
        cycle.get();
        done++;
        if (done % 100 == 0) {
          System.out.println(done + " starts, first visits and sleeps");
        }
      }
    }
    System.out.println(CYCLES + " starts, first visits and sleeps: none lost, none ended early");
  }

  private static void cycle(int after) throws Exception {
    List<String> command = List.of(Launcher.script(), "-v", "--listen", "127.0.0.1:0");
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("--timeout", "1", Launcher.example("hello")));
    try (Started server = Started.by(all)) {
      server.awaitLog("listening on");
      Matcher port = LISTENING.matcher(server.log());
      assertTrue(port.find(), server.log());
      // The visitor's choice, not a wait for something.
      Thread.sleep(after);
      assertEquals(200, Client.get(Integer.parseInt(port.group(1)), "/").status(), server.log());
      server.await("sleep after the visit", () -> server.count("[Lookout] watching") == 2);
      Proc.kill("TERM", server.pid());
      assertEquals(0, server.awaitEnd(), server.log());
    }
  }
}
