package spyglass.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Where a connection stands, until when it may, and whether that holds the tree awake. */
final class Phase {

  private static final long MOMENT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final Duration BRIEF = Duration.ofMillis(250);

  private final Clocks clocks;
  private final Busy busy;
  private volatile State state = State.FRESH;
  private volatile long since;
  private volatile long deadline;
  private volatile boolean heard;

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
      if (next != State.FRESH) {
        heard = true;
      }
      busy.begin();
    } else {
      leave();
    }
    if (next.isTimed()) {
      since = System.nanoTime();
      deadline = since + patience(next).toNanos();
    }
    state = next;
  }

  /** The client has said something, be it nonsense: that it was here is a visit. */
  void hear() {
    heard = true;
  }

  /** What was heard was a probe, and is answered. That is no visit, unless there was more. */
  void probed() {
    if (!is(State.SERVING)) {
      heard = false;
      enter(State.IDLE);
    }
  }

  private void leave() {
    busy.end(heard);
    heard = false;
  }

  private Duration patience(State next) {
    return switch (next) {
      case FRESH -> clocks.firstByte();
      case ARRIVING -> clocks.head();
      case IDLE -> clocks.keepAlive();
      case LINGERING -> hasBeenIdle() ? BRIEF : clocks.linger();
      // Others look at the clock for these: Gathering and Pace.
      case GATHERING, SERVING, UPGRADED -> Duration.ZERO;
    };
  }

  /** Who has been idle for a moment has had the whole of our last word. */
  private boolean hasBeenIdle() {
    return isForsaken(System.nanoTime());
  }

  boolean is(State other) {
    return state == other;
  }

  State state() {
    return state;
  }

  /**
   * Whether a connection has been idle long enough to be closed at an end. One that was used a moment
   * ago is likely to be used again: its next request may be on the way already, and would be lost with
   * the connection. So it gets a second; if the request comes, its answer says that it was the last.
   */
  boolean isForsaken(long now) {
    return state == State.IDLE && now - since >= MOMENT_NANOS;
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
    leave();
  }
}
