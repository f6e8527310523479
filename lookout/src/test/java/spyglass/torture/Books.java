package spyglass.torture;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The clients' accounts beside the app's. A request may be lost for one reason only: the worker that
 * held its connection was killed by us. Which connections that worker held was looked up when it was
 * frozen and not yet killed, so nothing has to be guessed from times.
 *
 * @param visits what the clients say
 * @param begun what the app says: the worker that each request was begun by
 * @param hits what was done to the server
 */
record Books(Collection<Visit> visits, Map<Long, Long> begun, Collection<Hit> hits) {

  /** How a request that was not answered is to be judged. */
  enum Verdict {
    /** Answered, or told to come again. */
    FINE,
    /** Its worker was killed. */
    CUT,
    /** To be sent again: nobody had begun it. */
    CROSSED,
    /** A worker had begun it, and nobody killed that worker. */
    ACCEPTED_LOST,
    /** No worker had begun it, and still nobody answered. */
    NOT_ACCEPTED_LOST,
    /** The wrong answer, or somebody else's. */
    WRONG
  }

  Verdict judge(Visit visit) {
    if (visit.fate().isFine()) {
      return Verdict.FINE;
    }
    if (visit.fate() == Fate.WRONG) {
      return Verdict.WRONG;
    }
    boolean hasBegun = begun.containsKey(visit.id());
    if (visit.fate() == Fate.CROSSED && !hasBegun) {
      return Verdict.CROSSED;
    }
    if (wasCut(visit)) {
      return Verdict.CUT;
    }
    return hasBegun ? Verdict.ACCEPTED_LOST : Verdict.NOT_ACCEPTED_LOST;
  }

  private boolean wasCut(Visit visit) {
    Long worker = begun.get(visit.id());
    return hits.stream()
        .filter(hit -> hit.blow() == Blow.KILL)
        .anyMatch(hit -> hit.cuts(visit) || Objects.equals(worker, hit.pid()));
  }

  long count(Verdict verdict) {
    return visits.stream().filter(visit -> judge(visit) == verdict).count();
  }

  /** How many were told to come again. */
  long refused() {
    return visits.stream().filter(visit -> visit.fate() == Fate.REFUSED).count();
  }

  /** The visits that nothing excuses. */
  List<Visit> accusations() {
    Set<Verdict> bad = Set.of(Verdict.ACCEPTED_LOST, Verdict.NOT_ACCEPTED_LOST, Verdict.WRONG);
    return visits.stream().filter(visit -> bad.contains(judge(visit))).toList();
  }

  /** Which stages the hits have met. */
  Set<Stage> stagesHit() {
    return hits.stream().map(Hit::stage).collect(Collectors.toSet());
  }
}
