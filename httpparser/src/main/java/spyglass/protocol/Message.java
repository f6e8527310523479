package spyglass.protocol;

/** Something to be done that came over a connection. */
@FunctionalInterface
public interface Message {

  /**
   * Does it, on one of the worker's threads. The messages of one connection are executed one after
   * another in their order; those of different connections at the same time. One whose connection is
   * closed before its turn is dropped. It may wait.
   *
   * @param link answers the connection from which it came
   * @throws Exception anything: the log says so and the connection is cut
   */
  void execute(Link link) throws Exception;
}
