package spyglass.worker;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How many messages wait for a thread. Nobody waits for it to be less: who finds it full reads no more
 * from its own connection until its own messages are done. Any thread.
 */
final class Backlog {

  private final int most;
  private final AtomicInteger waiting = new AtomicInteger();

  Backlog(int most) {
    this.most = most;
  }

  void add() {
    waiting.incrementAndGet();
  }

  void remove(int count) {
    waiting.addAndGet(-count);
  }

  boolean isFull() {
    return waiting.get() >= most;
  }
}
