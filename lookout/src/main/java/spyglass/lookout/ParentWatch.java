package spyglass.lookout;

import spyglass.process.Parent;

/** {@code --with-parent}: a parent that dies tells nobody, so it is looked for twice a second. */
final class ParentWatch {

  private static final long PAUSE_MILLIS = 500;

  private final Parent parent;
  private long due;

  ParentWatch(Parent parent) {
    this.parent = parent;
  }

  /** When to look next, by the loop's time. */
  long due() {
    return due;
  }

  /** Looks, if it is time. */
  boolean isGone(long now) {
    if (now < due) {
      return false;
    }
    due = now + PAUSE_MILLIS;
    return parent.isGone();
  }
}
