package spyglass.worker;

/**
 * Whether one connection holds the tree awake. It may be said twice in a row; it is counted once.
 *
 * <p>Only for the owner of the connection.
 */
final class Busy {

  private final Heartbeat heartbeat;
  private boolean counted;

  Busy(Heartbeat heartbeat) {
    this.heartbeat = heartbeat;
  }

  void begin() {
    if (!counted) {
      counted = true;
      heartbeat.begin();
    }
  }

  void end() {
    if (counted) {
      counted = false;
      heartbeat.end();
    }
  }
}
