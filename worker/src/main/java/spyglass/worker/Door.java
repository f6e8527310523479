package spyglass.worker;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** Where a worker's connections come from. The loop alone calls it. */
interface Door {

  /** Takes a connection that has come. */
  interface Taker {
    void take(SocketChannel channel) throws IOException;
  }

  /**
   * Is told who takes the connections, once, when the loop begins.
   *
   * @param selector what the loop waits with
   */
  void open(Selector selector, Taker taker) throws IOException;

  /** Whether more connections are wanted now; told as often as one likes. */
  void want(boolean more);

  /** The selector has seen something at the door. */
  void ready();

  /** A second has passed. */
  void tick();

  /** Whether no connection will ever come again. */
  boolean isShut();
}
