package examples.acceptlab;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of a load.
 *
 * @param answers one for each connection
 * @param used what the server's processes used for all of them
 */
record Phase(List<Answer> answers, Meter.Used used) {

  private static final String QUICK = "work 0";

  List<Answer.Served> served() {
    return answers.stream()
        .filter(Answer.Served.class::isInstance)
        .map(Answer.Served.class::cast)
        .toList();
  }

  int lost() {
    return answers.size() - served().size();
  }

  /** How many each process has served. */
  Map<Long, Long> byPid() {
    return new TreeMap<>(
        served().stream()
            .collect(Collectors.groupingBy(Answer.Served::pid, Collectors.counting())));
  }

  /** The part of the busiest process, in per cent; a third of all would be fair for three. */
  long busiestPercent() {
    Collection<Long> counts = byPid().values();
    long all = counts.stream().mapToLong(Long::longValue).sum();
    long most = counts.stream().mapToLong(Long::longValue).max().orElse(0);
    return all == 0 ? 0 : Math.round(100.0 * most / all);
  }

  /** How long all but so many per cent waited at most. */
  double waitedMillis(int percent) {
    return waited(percent, served());
  }

  /** The same of those who asked for no work, and waited for nothing but others. */
  double quickWaitedMillis(int percent) {
    return waited(percent, served().stream().filter(one -> one.asked().equals(QUICK)).toList());
  }

  private static double waited(int percent, List<Answer.Served> of) {
    List<Long> sorted = of.stream().map(Answer.Served::nanos).sorted().toList();
    if (sorted.isEmpty()) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(sorted.size() * percent / 100.0);
    return sorted.get(Math.max(0, rank - 1)) / 1e6;
  }

  double cpuMillisEach() {
    return each(Meter.Used::cpuMillis);
  }

  double switchesEach() {
    return each(Meter.Used::switches);
  }

  private double each(Function<Meter.Used, Long> what) {
    return answers.isEmpty() ? Double.NaN : (double) what.apply(used) / answers.size();
  }
}
