package spyglass.master;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How long to wait before a dead worker is replaced. One that lived for a while is replaced at once,
 * and so is the first that did not; if the next dies young as well, something is wrong that a new
 * process will not mend, and starting one after the other would only burn the CPU.
 *
 * <p>After the third in a row the operator is told. Electricians would say that the breaker is open;
 * it closes when a worker has lived for a while.
 */
final class Backoff {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** Who dies before that age died young. */
  static final long YOUNG = TimeUnit.SECONDS.toNanos(10);

  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
  private static final int MANY = 3;

  private long delay;
  private long until;
  private long lastDeath;
  private int inARow;

  /** A worker born at one time died at another, which is now. */
  List<Order> died(long born, long now) {
    if (now - born >= YOUNG) {
      close();
    }
    lastDeath = now;
    until = now + delay;
    delay = delay == 0 ? TimeUnit.SECONDS.toNanos(1) : Math.min(delay * 2, LONGEST);
    if (now - born < YOUNG) {
      inARow++;
    }
    return inARow == MANY ? List.of(new Order.Report(inWords(now))) : List.of();
  }

  /** Who is alive: one that was born after the last death and is not young any more has broken the row. */
  void look(Members members, long now) {
    if (delay > 0 && members.stream().anyMatch(member -> hasLived(member, now))) {
      close();
    }
  }

  private boolean hasLived(Member member, long now) {
    return member.isReady() && member.since() - lastDeath >= 0 && now - member.since() >= YOUNG;
  }

  private void close() {
    if (isOpen()) {
      LOG.info("workers live again: the dead are replaced at once");
    }
    delay = 0;
    inARow = 0;
  }

  private boolean isOpen() {
    return inARow >= MANY;
  }

  /** What is wrong, as long as it is. */
  Optional<String> breaker(long now) {
    return isOpen() ? Optional.of(inWords(now)) : Optional.empty();
  }

  private String inWords(long now) {
    return "%d workers in a row died young: the next is started in %d s"
        .formatted(inARow, TimeUnit.NANOSECONDS.toSeconds(nanosLeft(now)));
  }

  /** No worker is to be started before that time, for another reason. */
  void holdUntil(long time) {
    until = time;
  }

  /** How long until a worker may be started; 0 when it may. */
  long nanosLeft(long now) {
    return Math.max(0, until - now);
  }
}
