package spyglass.master;

import java.util.Comparator;
import java.util.Optional;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is to be replaced though it lives: one whose app hangs, one that runs yesterday's jar, one that has
 * answered its lot, one that has grown too big. It goes on until its successor is ready, so that
 * nobody is missed; and they go one by one, so that no more than one is there twice.
 */
final class Relief {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** Of a worker's lot, up or down: those born together are not to go together. */
  private static final double JITTER = 0.1;

  private final Plan plan;
  private final DoubleSupplier chance;

  /** The chance is from 0 to 1. */
  Relief(Plan plan, DoubleSupplier chance) {
    this.plan = plan;
    this.chance = chance;
  }

  /** How many requests the next worker is to answer. */
  long lot() {
    if (plan.maxRequests() == 0) {
      return Long.MAX_VALUE;
    }
    double jitter = 1 - JITTER + 2 * JITTER * chance.getAsDouble();
    return Math.max(1, Math.round(plan.maxRequests() * jitter));
  }

  /** A worker's figures are new. */
  void count(Member member) {
    if (member.worn().isEmpty() && member.hasAnsweredItsLot()) {
      member.wear("it has answered " + member.served() + " requests");
      LOG.debug("worker {} is to be replaced: {}", member.pid(), member.worn().orElseThrow());
    }
  }

  /**
   * A worker's resident memory was looked at. A young one is left alone, or with a limit that no worker
   * can keep there would be nothing but starts.
   */
  void weigh(Member member, long bytes, long now) {
    boolean grown = now - member.since() >= Backoff.YOUNG;
    if (plan.maxMemory() > 0 && bytes > plan.maxMemory() && grown && member.worn().isEmpty()) {
      member.wear("its memory, " + bytes + " bytes, is above --max-memory");
      LOG.warn("worker {} is to be replaced: {}", member.pid(), member.worn().orElseThrow());
    }
  }

  /**
   * Whose successor is wanted, or empty. Nobody is recycled while as many leave as are wanted: each of
   * them may take as long as its last client does, and there shall be an end to their number.
   */
  Optional<Member> next(Members members, int wanted) {
    boolean mayRecycle = members.count(Member::isLeaving) < wanted;
    return members.stream()
        .filter(Member::isReady)
        .filter(it -> it.isStuck() || it.isOld() || (mayRecycle && it.worn().isPresent()))
        .min(Comparator.comparing((Member it) -> !it.isStuck()).thenComparing(it -> !it.isOld()));
  }
}
