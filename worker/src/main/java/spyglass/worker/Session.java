package spyglass.worker;

/**
 * One connection, as the loop sees it: it is told when the selector has seen something, and once a
 * second.
 */
interface Session {

  /** It may be read, or written if that was waited for. Loop only. */
  void ready();

  /**
   * A second has passed. Loop only.
   *
   * @param now as System.nanoTime says
   * @param draining whether the worker is to stop
   */
  void tick(long now, boolean draining);

  /** Ends it if it is idle and can be asked to come again. Loop only. */
  default void makeRoom() {}

  /** Ends it so that the client sees that something went wrong. Any thread. */
  void cut();
}
