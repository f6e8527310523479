package spyglass.worker;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.util.function.BooleanSupplier;

/**
 * Who has a connection: the loop, or a thread to which it was lent. The channel itself never waits;
 * where a thread would have to, it asks the loop to watch and sleeps until the loop wakes it.
 */
final class Lease {

  private static final long LOOK_MILLIS = 1_000;

  private final SelectionKey key;

  /** What threads wait for: a set of SelectionKey's operations. */
  private int awaited;

  private boolean lent;
  private boolean inputEnded;

  Lease(SelectionKey key) {
    this.key = key;
  }

  /**
   * Waits until the loop has seen something.
   *
   * @param operation of SelectionKey's
   * @param until when to give up, as System.nanoTime tells it
   * @throws SocketTimeoutException when it was in vain
   */
  void await(int operation, long until) throws IOException {
    await(operation, until, Long.MAX_VALUE, () -> false);
  }

  /**
   * The same, looking up now and then.
   *
   * @param hurry asked once a second, whether to give up before
   */
  void await(int operation, long until, BooleanSupplier hurry) throws IOException {
    await(operation, until, LOOK_MILLIS, hurry);
  }

  private synchronized void await(int operation, long until, long look, BooleanSupplier hurry)
      throws IOException {
    if (!lent) {
      throw new IOException("the app has given this connection back");
    }
    if (inputEnded && operation == SelectionKey.OP_READ) {
      return;
    }
    awaited |= operation;
    key.interestOps(awaited);
    key.selector().wakeup();
    try {
      while ((awaited & operation) != 0) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException(
              operation == SelectionKey.OP_READ
                  ? "the client stopped sending"
                  : "the client stopped reading");
        }
        wait(Math.min(left, look));
        if ((awaited & operation) != 0 && hurry.getAsBoolean()) {
          throw new SocketTimeoutException("the client is slow and others are waiting");
        }
      }
    } catch (InterruptedException e) {
      throw new SocketTimeoutException("the thread was interrupted");
    } finally {
      awaited &= ~operation;
    }
  }

  /** From here on the connection is an app thread's. Loop only. */
  synchronized void lend() {
    lent = true;
  }

  /** Whether an app thread has it; the state of a connection changes a little before this does. */
  synchronized boolean isLent() {
    return lent;
  }

  /**
   * The loop's side of {@link #await}: something happened to the connection. If an app thread has it,
   * the loop stops watching for that, or the selector would report the same bytes over and over, and
   * wakes the thread in case it waits. Of an upgraded connection one thread may read and another
   * write, and each is woken for its own.
   *
   * @return false when the connection is the loop's own, so that the event is the loop's business
   */
  synchronized boolean signal() {
    if (!lent) {
      return false;
    }
    awaited &= ~key.readyOps();
    key.interestOps(awaited);
    notifyAll();
    return true;
  }

  /**
   * The connection is the loop's again, which watches for requests. Most often it never stopped:
   * between a request and its answer a client has nothing to say, and then this costs nothing.
   *
   * @param look whether the loop is to look at it now and not when more comes, because the client may
   *     have said all it says before it gets a 100; it can nearly always be written to, so that will do
   */
  synchronized void giveBack(boolean look) {
    int operations = look ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    lent = false;
    if (key.isValid() && key.interestOps() != operations) {
      key.interestOps(operations);
      key.selector().wakeup();
    }
  }

  /** Whether to look for more from the client; the loop's own connections only. */
  synchronized void watch(boolean more) {
    int operations = more ? SelectionKey.OP_READ : 0;
    if (key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  void wakeLoop() {
    key.selector().wakeup();
  }

  /** Has a thread that waits for bytes look around. Any thread. */
  synchronized void wake() {
    awaited &= ~SelectionKey.OP_READ;
    notifyAll();
  }

  /** Whether reading is over. */
  synchronized boolean hasEnded() {
    return inputEnded;
  }

  /**
   * From here on whoever reads is at the end of the stream, and whoever waits for it is woken. Any
   * thread, any number of times.
   */
  synchronized void endInput() {
    inputEnded = true;
    wake();
  }
}
