package spyglass.master;

import java.util.List;
import java.util.Optional;

/**
 * How a master's people are, for {@code spyglass status}.
 *
 * @param stage one word
 * @param wanted how many workers are to serve
 * @param restarts how many took the place of another
 * @param died how many ended without having been asked to
 * @param served how many requests were answered, by the dead too
 * @param inFlight how many are being answered
 * @param breaker what is wrong, if worker after worker dies young
 */
record Figures(
    String stage,
    int wanted,
    long restarts,
    long died,
    long served,
    long inFlight,
    Optional<String> breaker,
    List<Worker> workers) {

  /**
   * How one of them is.
   *
   * @param state booting, ready, busy, leaving or stuck
   * @param ageNanos how long it lives
   */
  record Worker(long pid, String state, long ageNanos, long inFlight, long served) {}
}
