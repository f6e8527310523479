package spyglass.worker;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The order to stop: who gave it, and how long what was accepted may still take. Any thread. */
final class Shutdown {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Duration patience;
  private final Runnable wake;
  private volatile boolean ordered;
  private volatile boolean limited;
  private volatile long until;
  private volatile boolean hurried;
  private volatile boolean failed;

  /**
   * No order yet.
   *
   * @param patience for what was accepted, where nobody else has an eye on it
   * @param wake has the loop look around
   */
  Shutdown(Duration patience, Runnable wake) {
    this.patience = patience;
    this.wake = wake;
  }

  /** What is left is cut. */
  void hurry() {
    hurried = true;
    wake.run();
  }

  /** Nobody more is accepted; what was accepted is finished, however long that takes. */
  void drain(String why) {
    if (!ordered) {
      LOG.debug("{}: finishing what was accepted", why);
      ordered = true;
      wake.run();
    }
  }

  /** The same, within {@code --drain}: there is no master to have an eye on it. */
  void drainInTime(String why) {
    if (!limited) {
      until = System.nanoTime() + patience.toNanos();
      limited = true;
      drain(why);
    }
  }

  /** This process is of no use any more: it finishes what it can, and makes room for another. */
  void giveUp(String why) {
    if (!failed) {
      failed = true;
      LOG.error("{}: this worker finishes what it can and leaves", why);
      drainInTime(why);
    }
  }

  boolean isOrdered() {
    return ordered;
  }

  /** Whether the time for what was accepted is over. */
  boolean isOver() {
    return hurried || (limited && System.nanoTime() - until > 0);
  }

  /** Whether all is as it should be. */
  boolean isInOrder() {
    return !failed;
  }
}
