package spyglass.worker;

import java.time.Duration;

/** Where a connection stands, until when it may, and whether that holds the tree awake. */
final class Phase {

  private final Clocks clocks;
  private final Busy busy;
  private volatile State state = State.FRESH;
  private volatile long deadline;

  Phase(Clocks clocks, Heartbeat heartbeat) {
    this.clocks = clocks;
    this.busy = new Busy(heartbeat);
  }

  /**
   * Another state begins, and its time. The state changes last: as soon as it is one of the loop's,
   * the loop may look at the rest.
   */
  void enter(State next) {
    if (next.isBusy()) {
      busy.begin();
    } else {
      busy.end();
    }
    deadline = System.nanoTime() + patience(next).toNanos();
    state = next;
  }

  private Duration patience(State next) {
    return switch (next) {
      case FRESH -> clocks.firstByte();
      case ARRIVING -> clocks.head();
      case IDLE -> clocks.keepAlive();
      case LINGERING -> clocks.linger();
      // Others look at the clock for these: Gathering and Pace.
      case GATHERING, SERVING, UPGRADED -> Duration.ZERO;
    };
  }

  boolean is(State other) {
    return state == other;
  }

  /** When the time for this state runs out, as System.nanoTime tells it. */
  long deadline() {
    return deadline;
  }

  /** Whether the time for this state has run out. */
  boolean isOver(long now) {
    return now - deadline >= 0;
  }

  /** The connection is closed. */
  void end() {
    busy.end();
  }
}
