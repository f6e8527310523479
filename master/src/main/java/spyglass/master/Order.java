package spyglass.master;

/** All that a {@link Crew} can ask for. */
sealed interface Order {

  /** Start one more worker. */
  record Start() implements Order {}

  /** Ask a worker to finish and leave: SIGTERM. */
  record Term(long pid) implements Order {}

  /** End a worker without asking: SIGKILL. */
  record Kill(long pid) implements Order {}

  /** Tell the lookout that the first worker serves. */
  record TellReady() implements Order {}

  /** Nobody is left: end the master with this status. */
  record Leave(int status) implements Order {}
}
