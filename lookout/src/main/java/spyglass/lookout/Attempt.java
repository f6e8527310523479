package spyglass.lookout;

import java.util.Map;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Timeline;
import spyglass.process.Wake;

/** One wake: all the boots it takes, within the time that one may take. */
final class Attempt {

  /** A boot that a signal ended is tried again at once, so often and no more. */
  private static final int MOST_KILLED_BOOTS = 3;

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  private final long began;
  private final long woken = System.currentTimeMillis();
  private final String why;
  private int killedBoots;
  private boolean overdue;

  /**
   * Begins, by the loop's time.
   *
   * @param why one of the reasons of {@link Wake}
   */
  Attempt(long now, String why) {
    began = now;
    this.why = why;
  }

  /** Tells those who are to be born why they are, and when that began. */
  void tell(Map<String, String> environment) {
    Wake.tell(environment, why);
    Timeline.tell(environment, woken);
  }

  /**
   * A worker serves.
   *
   * @param trained whether it had a cache of its app
   * @param after how many milliseconds that has taken, if it was not just now
   * @return how long it has taken, in milliseconds
   */
  long succeeded(long now, boolean trained, OptionalLong after) {
    long millis = after.orElse(now - began);
    LOG.debug("woke in {} ms, {}", millis, trained ? "trained" : "untrained");
    return millis;
  }

  /** A boot was killed: whether there is to be another. */
  boolean isTriedAgain() {
    killedBoots++;
    return killedBoots <= MOST_KILLED_BOOTS;
  }

  /** Its time is over, and what comes of it now is our own doing. */
  void giveUp() {
    overdue = true;
  }

  boolean isOverdue() {
    return overdue;
  }
}
