package spyglass.worker;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether one connection holds the tree awake. It may be said twice in a row; it is counted once. Any
 * thread, because the loop may cut a connection that somebody else has.
 */
final class Busy {

  private final Heartbeat heartbeat;
  private final AtomicBoolean counted = new AtomicBoolean();

  Busy(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  void begin() {
    if (counted.compareAndSet(false, true)) {
      heartbeat.begin();
    }
  }

  /**
   * It does not any more.
   *
   * @param visit whether that was a visit
   */
  void end(boolean visit) {
    if (counted.compareAndSet(true, false)) {
      heartbeat.end(visit);
    }
  }
}
