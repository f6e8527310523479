package spyglass.lookout;

import java.util.Locale;

/** What a lookout can be doing. */
enum State {
  /** Nobody else is there; it waits for a visitor. */
  WATCHING,
  /** A master was started, and no worker is ready. */
  WAKING,
  /** Workers serve. */
  AWAKE,
  /** The app does not start: visitors are told so until the next try may be made. */
  FAILING,
  /** It was told to end, and waits for the master's end. */
  STOPPING;

  /** As status tells it: to everybody else, a lookout that watches is a server asleep. */
  String word() {
    return this == WATCHING ? "asleep" : name().toLowerCase(Locale.ROOT);
  }
}
