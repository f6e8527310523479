package spyglass.master;

/** All that can happen to a master. */
sealed interface Event {

  /** A worker wrote a byte into its pipe; see {@link spyglass.worker.Beat}. */
  record Beat(long pid, byte level) implements Event {}

  /** A worker told its figures: how many requests it has now, and has answered since it was born. */
  record Counted(long pid, long inFlight, long served) implements Event {}

  /** A worker is dead, and has been waited for: it is no zombie. */
  record Ended(long pid, int status) implements Event {}

  /** SIGTERM. */
  record Terminated() implements Event {}

  /** Somebody asks for something. */
  record Demanded(Demand demand) implements Event {}

  /** The control connection to the lookout is open. */
  record Connected(ControlLink link) implements Event {}

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
