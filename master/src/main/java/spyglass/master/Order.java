package spyglass.master;

/** All that a {@link Staff} can ask for. */
sealed interface Order {

  /** Start one more worker. */
  record Start() implements Order {}

  /** Ask a worker to finish and leave: SIGTERM. */
  record Term(long pid) implements Order {}

  /** Have a worker drop what it has not finished, and leave: SIGALRM. */
  record Cut(long pid) implements Order {}

  /** End a worker without asking: SIGKILL. */
  record Kill(long pid) implements Order {}

  /** Have a worker print its threads to the log: SIGQUIT. */
  record Dump(long pid) implements Order {}

  /** Tell the operator of something that is wrong. */
  record Report(String error) implements Order {}

  /** Tell the lookout that the first worker serves. */
  record TellReady() implements Order {}

  /** Nobody is left: end the master with this status. */
  record Leave(int status) implements Order {}

  /** Start a worker for one connection: descriptor 0 of it is the connection, and ours is closed. */
  record StartFor(long number) implements Order {}

  /** What only a master does that accepts: {@code --accept pass} and {@code spawn}. */
  sealed interface AtGate extends Order {}

  /** Accept one connection, when there is one. */
  record Accept() implements AtGate {}

  /** Accept none after all, unless that has happened. */
  record Withdraw() implements AtGate {}

  /** Pass a connection to a worker, and keep ours. */
  record Pass(long pid, long number) implements AtGate {}

  /** Close our descriptor of a connection. */
  record Close(long number) implements AtGate {}

  /** Tell a worker that no more connections will come. */
  record End(long pid) implements AtGate {}
}
