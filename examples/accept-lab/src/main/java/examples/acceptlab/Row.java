package examples.acceptlab;

import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * All that was measured of one way.
 *
 * @param way which
 * @param even short connections, all alike
 * @param uneven some of them slow
 * @param death what a killed worker took with it
 */
record Row(Way way, Phase even, Phase uneven, Death death) {

  private static final int SPAWNS_TO_WARM_UP = 2;
  private static final long BOOT_NANOS = 20_000_000_000L;
  private static final long GENTLE_MILLIS = 20;

  /** Starts servers, loads them, and ends them. */
  static Row measure(Way way, Plan plan, Checkout checkout, Consumer<String> progress)
      throws IOException, InterruptedException {
    Phase even;
    try (Subject subject = way.echoing(checkout)) {
      warmUp(way, plan, subject);
      even = phase(plan.evenLoad(way), subject);
    }
    progress.accept(even.answers().size() + " short connections, " + even.lost() + " lost");
    try (Subject subject = way.working(checkout)) {
      warmUp(way, plan, subject);
      Phase uneven = phase(plan.unevenLoad(way), subject);
      progress.accept(uneven.answers().size() + " uneven ones, " + uneven.lost() + " lost");
      Death death = Death.of(subject, plan);
      progress.accept("killed " + death.victim());
      return new Row(way, even, uneven, death);
    }
  }

  private static Phase phase(Load load, Subject subject) throws InterruptedException {
    Meter meter = Meter.start(subject::pids);
    List<Answer> answers = load.on(subject.port());
    return new Phase(answers, meter.stop());
  }

  /** Until every worker has answered, and the JVMs have compiled a part of what they run. */
  private static void warmUp(Way way, Plan plan, Subject subject) throws InterruptedException {
    if (way.spawns()) {
      Load.even(SPAWNS_TO_WARM_UP, SPAWNS_TO_WARM_UP, plan.most()).on(subject.port());
      return;
    }
    Set<Long> seen = new HashSet<>();
    long until = System.nanoTime() + BOOT_NANOS;
    while (System.nanoTime() - until < 0 && seen.size() < Way.WORKERS) {
      if (Client.ask(subject.port(), "hello") instanceof Answer.Served served) {
        seen.add(served.pid());
      }
      // Gently: who boots needs the cores more than we do.
      Thread.sleep(GENTLE_MILLIS);
    }
    Load.even(plan.warmUp(), plan.clients(), plan.most()).on(subject.port());
  }
}
