package measure;

import java.io.IOException;
import java.util.Locale;

/** What stays behind of each sleep, if anything does. No peer goes to sleep when it is told to. */
final class Cycles implements Program {

  private static final int STEPS = 10;
  private static final double KB = 1024;

  private final int cycles;

  /** A program that has a server sleep so often. */
  Cycles(int cycles) {
    this.cycles = cycles;
  }

  @Override
  public String name() {
    return "cycles";
  }

  @Override
  public void measure(Bench bench, Results results) throws IOException {
    int all = bench.count(cycles, 5);
    int step = Math.max(1, all / STEPS);
    try (Running server = Subject.spyglass(bench).start()) {
      for (int cycle = 1; cycle <= all; cycle++) {
        double millis = Visit.millis(server.port());
        server.sleep();
        Visit.await("the lookout to be alone", server::asleep);
        String task = "growth";
        String after =
            String.format(Locale.ROOT, "after %,d sleeps", (cycle + step - 1) / step * step);
        results.add(task, after, Wake.MILLIS, millis);
        if (cycle % step == 0) {
          bench.say("cycles: " + cycle + " of " + all);
          bench.rest(500);
          long lookout = server.first().pid();
          Proc.Memory memory = Proc.memory(lookout);
          results.add(task, after, Idle.RSS, memory.rss() / KB);
          results.add(task, after, Idle.DIRTY, memory.dirty() / KB);
          results.add(task, after, "descriptors", (double) Proc.descriptors(lookout));
          results.add(task, after, "threads", (double) Proc.threads(lookout));
        }
      }
    }
  }
}
