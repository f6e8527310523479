package spyglass.worker;

import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;

/**
 * What the selector looks for on one connection. Any thread may change it; on a connection that is
 * closed it changes nothing.
 */
final class Watch {

  private final SelectionKey key;

  Watch(SelectionKey key) {
    this.key = key;
  }

  /** Looks for this too. A selector that waits already takes notice of it when it is woken. */
  void on(int operation) {
    try {
      if ((key.interestOpsOr(operation) & operation) == 0) {
        key.selector().wakeup();
      }
    } catch (CancelledKeyException e) {
      // Closed meanwhile. Its owner finds that out by itself.
    }
  }

  /** Does not look for this any more. */
  void off(int operation) {
    try {
      key.interestOpsAnd(~operation);
    } catch (CancelledKeyException e) {
      // Closed meanwhile, as above.
    }
  }

  /** Has the loop look around: until then a channel that another thread has closed keeps its descriptor. */
  void wakeLoop() {
    key.selector().wakeup();
  }

  /** Whether this is what the selector has seen. Loop only. */
  boolean sees(int operation) {
    return key.isValid() && (key.readyOps() & operation) != 0;
  }
}
