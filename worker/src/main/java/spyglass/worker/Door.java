package spyglass.worker;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;

/** Where a worker's connections come from. The loop alone calls it, unless it says otherwise. */
interface Door {

  /** Takes a connection that has come. */
  interface Taker {
    void take(SocketChannel channel) throws IOException;
  }

  /**
   * Is told who takes the connections, once, when the loop begins.
   *
   * @param selector what the loop waits with
   * @param loop has something done by the loop's thread
   */
  void open(Selector selector, Executor loop, Taker taker) throws IOException;

  /** Whether more connections are wanted now; told as often as one likes. */
  void want(boolean more);

  /** The selector has seen something at the door. */
  void ready();

  /** A second has passed. */
  void tick();

  /** Somebody may be waiting outside because the connections inside are too many. Any thread. */
  boolean isCrowded();

  /** A connection that came through this door is closed. Any thread; twice is as good as once. */
  void closed(SocketChannel channel);

  /** No more connections are wanted, ever. */
  void shut();

  /** Whether no connection will ever come again. */
  boolean isShut();
}
