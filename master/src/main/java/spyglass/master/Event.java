package spyglass.master;

/** All that can happen to a master. */
sealed interface Event {

  /** A worker wrote a byte into its pipe; see {@link spyglass.worker.Beat}. */
  record Beat(long pid, byte level) implements Event {}

  /** A worker is dead, and has been waited for: it is no zombie. */
  record Ended(long pid, int status) implements Event {}

  /** Somebody wants the master to end. */
  record Told(String why) implements Event {}

  /** Time has passed. */
  record Tick() implements Event {}
}
