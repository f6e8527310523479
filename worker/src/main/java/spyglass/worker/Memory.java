package spyglass.worker;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for what clients have sent and nobody could use yet. Ten thousand clients who each send
 * most of a request and stop would otherwise fill any heap, and the request that fails then would be
 * another's.
 */
final class Memory {

  private final AtomicLong left;

  Memory(long bytes) {
    left = new AtomicLong(bytes);
  }

  /** Takes so much, if it is there. Any thread. */
  boolean tryTake(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** Gives back what was taken. Any thread. */
  void giveBack(long bytes) {
    left.addAndGet(bytes);
  }
}
