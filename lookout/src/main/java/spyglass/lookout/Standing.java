package spyglass.lookout;

import spyglass.control.Guest;
import spyglass.control.Loop;

/** In which state a lookout is, since when, and until when at most. */
final class Standing {

  private final Loop loop;
  private State state = State.WATCHING;
  private long since = System.currentTimeMillis();
  private long due = Guest.NEVER;

  Standing(Loop loop) {
    this.loop = loop;
  }

  /**
   * From now on it is that one.
   *
   * @param until when something must be done about it, by the loop's time; {@link Guest#NEVER} if not
   */
  void enter(State next, long until) {
    state = next;
    since = System.currentTimeMillis();
    due = until;
  }

  void until(long time) {
    due = time;
  }

  State state() {
    return state;
  }

  /** In milliseconds since 1970. */
  long since() {
    return since;
  }

  /** By the loop's time. */
  long due() {
    return due;
  }

  /** The same in milliseconds since 1970; of a lookout that fails, when the next try may be made. */
  long retryAt() {
    return System.currentTimeMillis() + Math.max(0, due - loop.now());
  }
}
