package spyglass.lookout;

/** One wake: all the boots it takes, within the time that one may take. */
final class Attempt {

  /** A boot that a signal ended is tried again at once, so often and no more. */
  private static final int MOST_KILLED_BOOTS = 3;

  private final long began;
  private int killedBoots;
  private boolean overdue;

  /** Begins, by the loop's time. */
  Attempt(long now) {
    began = now;
  }

  /** Since it has begun, in milliseconds. */
  long millis(long now) {
    return now - began;
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
