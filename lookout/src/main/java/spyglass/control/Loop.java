package spyglass.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that waits for everything at once: channels, times, and what other threads leave for it.
 * When nobody has a time in mind it waits without a limit, and the process uses no CPU at all. (You
 * will see it: {@code strace -f -e trace=epoll_wait -p PID} of a sleeper shows one call that does not
 * return.)
 */
public final class Loop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  private static final int READ_AT_ONCE = 4096;
  private static final long NANOS = 1_000_000;

  private final Selector selector;
  private final Queue<Runnable> left = new ConcurrentLinkedQueue<>();
  private final long origin = System.nanoTime();

  /** For whoever reads: what a round reads is made use of in that round. */
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(READ_AT_ONCE);

  /** A loop with nobody in it. */
  public Loop() throws IOException {
    selector = Selector.open();
  }

  /** Milliseconds since the loop was made; never goes back, whatever the machine's clock does. */
  public long now() {
    return (System.nanoTime() - origin) / NANOS;
  }

  ByteBuffer buffer() {
    return buffer.clear();
  }

  /** Leaves something to be done in the next round, which is at once. Any thread. */
  public void leave(Runnable task) {
    left.add(task);
    selector.wakeup();
  }

  /** Waits for an open channel that does not block. For one that is here already, all is changed. */
  public SelectionKey add(SelectableChannel channel, int interests, Guest guest) {
    try {
      return channel.register(selector, interests, guest);
    } catch (ClosedChannelException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * One round: waits until something is ready, left or due, and has it done.
   *
   * @param due when to return although nothing is; {@link Guest#NEVER} for no limit
   */
  public void round(long due) throws IOException {
    await(due);
    for (SelectionKey key : selector.selectedKeys()) {
      if (key.isValid()) {
        serve((Guest) key.attachment());
      }
    }
    selector.selectedKeys().clear();
    for (Runnable task = left.poll(); task != null; task = left.poll()) {
      task.run();
    }
    long now = now();
    // A copy, because whoever is overdue may close others.
    for (SelectionKey key : selector.keys().toArray(new SelectionKey[0])) {
      Guest guest = (Guest) key.attachment();
      if (key.isValid() && guest.due() <= now) {
        guest.overdue();
      }
    }
  }

  private void await(long due) throws IOException {
    long next = due;
    for (SelectionKey key : selector.keys()) {
      if (key.isValid()) {
        next = Math.min(next, ((Guest) key.attachment()).due());
      }
    }
    if (next == Guest.NEVER) {
      selector.select();
      return;
    }
    long wait = next - now();
    if (wait > 0) {
      selector.select(wait);
    } else {
      selector.selectNow();
    }
  }

  private static void serve(Guest guest) {
    try {
      guest.ready();
    } catch (IOException | CancelledKeyException e) {
      guest.close();
    } catch (RuntimeException | LinkageError e) {
      // A mistake of ours in a talk must not cost the server.
      LOG.error("a connection to the lookout went wrong: {}", e.toString());
      guest.close();
    }
  }

  /** Closes all who are still here. */
  @Override
  public void close() throws IOException {
    for (SelectionKey key : selector.keys().toArray(new SelectionKey[0])) {
      ((Guest) key.attachment()).close();
    }
    selector.close();
  }
}
