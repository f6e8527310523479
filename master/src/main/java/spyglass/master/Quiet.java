package spyglass.master;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Since when nobody has visited, and when that is long enough to go to sleep. */
final class Quiet {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** After having stood still: by then the pipes have been read, and who has work has said so. */
  private static final long DEAF_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Plan plan;
  private long lastVisit;
  private long awakeSince;
  private long notBefore;
  private boolean hushed;
  private Optional<Long> deafUntil = Optional.empty();

  Quiet(Plan plan) {
    this.plan = plan;
  }

  /** It has been woken. */
  void wake(long now) {
    awakeSince = now;
    notBefore = now;
    visit(now);
  }

  /**
   * There was nobody to serve, and now there is: who waits meanwhile shall have begun before it is too
   * quiet. No visit, or a worker that dies again and again would keep all awake.
   */
  void serveFirst(long now) {
    notBefore = now + FIRST_NANOS;
  }

  /** There is a visitor, or was until now. */
  void visit(long now) {
    lastVisit = now;
  }

  /** An order to sleep: as if the time were over as soon as nobody has work. */
  void hush(Members members) {
    hushed = true;
    int busy = members.count(Member::isBusy);
    if (busy > 0) {
      LOG.info("told to sleep: not yet, {} of the workers have work", busy);
    }
  }

  /** For the log. */
  String why() {
    return hushed ? "told to sleep" : "nobody has visited for --timeout seconds";
  }

  /** It goes to sleep. */
  void obeyed() {
    hushed = false;
  }

  /** The master did not run for a while: what its workers have said is yet to be heard. */
  void stoodStill(long now) {
    LOG.debug("this process did not run for a while: nothing is decided before all is heard");
    deafUntil = Optional.of(now + DEAF_NANOS);
  }

  /** Whether silence may mean that something was not heard yet. */
  boolean isDeaf(long now) {
    deafUntil = deafUntil.filter(until -> now - until < 0);
    return deafUntil.isPresent();
  }

  /** How long until it is time to sleep, if nobody comes and nobody has work; 0 when it is. */
  long nanosLeft(long now) {
    if (hushed) {
      return 0;
    }
    long timeout = lastVisit + plan.timeoutNanos() - now;
    long awake = awakeSince + plan.awakeNanos() - now;
    return Math.max(0, Math.max(notBefore - now, Math.max(timeout, awake)));
  }
}
