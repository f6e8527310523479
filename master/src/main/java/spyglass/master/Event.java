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

  /** What happens only to a master that accepts: {@code --accept pass} and {@code spawn}. */
  sealed interface AtGate extends Event {}

  /** A connection was accepted, and has got this number. */
  record Accepted(long number) implements AtGate {}

  /** No connection was accepted since that was ordered, and none will be: the order was withdrawn. */
  record NotAccepted() implements AtGate {}

  /** A connection could not be passed: its worker is dead, or stopped. */
  record NotPassed(long pid, long number) implements AtGate {}

  /** A worker said something about connections. */
  record Heard(long pid, Descriptors.Said said) implements AtGate {}

  /** A worker is dead, and all that it has ever said was heard. */
  record LinkEnded(long pid) implements AtGate {}
}
