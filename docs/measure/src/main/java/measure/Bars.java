package measure;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;

/** What we hold ourselves to, and what was got. Figures, not tests: a noisy machine breaks no build. */
final class Bars {

  private static final Results NOTHING = new Results();
  private static final Set<String> NOT_JVM = Set.of(Subject.SPYGLASS, "nginx");

  private final Map<String, Results> results;
  private final StringBuilder text = new StringBuilder();

  private Bars(Map<String, Results> results) {
    this.results = results;
  }

  /** The table; rows of which nothing was measured have no figure. */
  static String of(Map<String, Results> results) {
    Bars bars = new Bars(results);
    Tables.row(bars.text, List.of("what", "bar", "got", ""));
    Tables.row(bars.text, List.of("---", "---", "---", "---"));
    bars.memory();
    bars.wakes();
    bars.load();
    return bars.text.toString();
  }

  private Results in(String program) {
    return results.getOrDefault(program, NOTHING);
  }

  private void memory() {
    Results idle = in("idle");
    most("asleep, private dirty, MB", 11, median(idle, Idle.ASLEEP, Idle.DIRTY));
    most("asleep, RSS, MB", 17, median(idle, Idle.ASLEEP, Idle.RSS));
    most("awake with two workers, after load: PSS, MB", 120, median(idle, Idle.AWAKE, Idle.PSS));
    most("an idle connection, kB", 8, median(in("many"), Many.TASK, Many.EACH));
  }

  private static OptionalDouble median(Results results, String task, String figure) {
    return results.median(task, Subject.SPYGLASS, figure);
  }

  private void wakes() {
    Results wake = in("wake");
    OptionalDouble bare = wake.median(Wake.FROM_SLEEP, Wake.BARE, Wake.MILLIS);
    most(
        "first byte of a sleeping hello, times a bare java",
        3,
        Tables.ratio(woken(wake, Sleeper.HELLO, Training.TRAINED), bare));
    for (String app : List.of(Sleeper.GUESTBOOK, Sleeper.HEAVY)) {
      for (Training other : List.of(Training.UNTRAINED, Training.NO_CACHES)) {
        most(
            "first byte of a sleeping " + app + ", trained, times " + other.label(),
            0.5,
            Tables.ratio(woken(wake, app, Training.TRAINED), woken(wake, app, other)));
      }
    }
    most(
        "p99 of visitors just after falling asleep, times p99 of a deep sleep",
        1.5,
        Tables.ratio(
            wake.p99(JustAfter.TASK, JustAfter.SOON, Wake.MILLIS),
            wake.p99(JustAfter.TASK, JustAfter.DEEP, Wake.MILLIS)));
  }

  private static OptionalDouble woken(Results wake, String app, Training training) {
    return wake.median(Wake.FROM_SLEEP, app + ", " + training.label(), Wake.MILLIS);
  }

  private void load() {
    Results load = in("load");
    String small = Throughput.SMALL.name();
    String closing = Throughput.CLOSING.name();
    least(
        "requests for a CPU second, keep-alive, times the best peer on the JVM",
        1,
        Tables.ratio(best(load, small, Throughput.CPU), median(load, small, Throughput.CPU)));
    most(
        "p99 of the same, times the best of those",
        1,
        Tables.ratio(median(load, small, Throughput.P99), best(load, small, Throughput.P99)));
    least(
        "requests for a CPU second, close, times the best peer on the JVM",
        1,
        Tables.ratio(best(load, closing, Throughput.CPU), median(load, closing, Throughput.CPU)));
    most(
        "CPU for a request with 1,024 connections, times that with 64",
        1.3,
        Tables.ratio(
            median(load, Throughput.CROWD.name(), Throughput.CPU),
            median(load, small, Throughput.CPU)));
  }

  /** The least median of the peers on the JVM, whatever their flags. */
  private static OptionalDouble best(Results load, String task, String figure) {
    Predicate<String> others = NOT_JVM::contains;
    return load.subjects(task).stream()
        .filter(others.negate())
        .flatMapToDouble(subject -> load.median(task, subject, figure).stream())
        .min();
  }

  private void most(String what, double bar, OptionalDouble got) {
    row(what, "at most " + Tables.cell(OptionalDouble.of(bar)), got, got.orElse(0) <= bar);
  }

  private void least(String what, double bar, OptionalDouble got) {
    row(what, "at least " + Tables.cell(OptionalDouble.of(bar)), got, got.orElse(0) >= bar);
  }

  private void row(String what, String bar, OptionalDouble got, boolean met) {
    String word = got.isEmpty() ? "not measured" : met ? "met" : "missed";
    Tables.row(text, List.of(what, bar, Tables.cell(got), word));
  }
}
