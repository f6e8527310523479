package spyglass.torture;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** How long something took, many times, in milliseconds, the shortest first. */
record Timings(List<Double> millis) {

  static Timings of(Collection<Double> millis) {
    return new Timings(millis.stream().sorted().toList());
  }

  /** What that part of all (0 to 1) did not exceed. */
  double quantile(double part) {
    if (millis.isEmpty()) {
      throw new IllegalStateException("nothing was timed");
    }
    int rank = (int) Math.ceil(part * millis.size());
    return millis.get(Math.max(0, rank - 1));
  }

  double longest() {
    return quantile(1);
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d, p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, longest %.0f ms",
        millis.size(),
        quantile(0.5),
        quantile(0.9),
        quantile(0.99),
        longest());
  }
}
