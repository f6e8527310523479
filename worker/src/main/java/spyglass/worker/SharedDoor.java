package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --accept shared}: the listening socket, which all workers hold. Whoever calls accept(2) first
 * has the connection.
 */
final class SharedDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final ServerSocketChannel listener;
  private @Nullable SelectionKey key;
  private @Nullable Taker taker;
  private volatile boolean wanted;
  private boolean outOfDescriptors;
  private boolean shut;

  SharedDoor(ServerSocketChannel listener) {
    this.listener = listener;
  }

  @Override
  public void open(Selector selector, Executor loop, Taker whoTakes) throws IOException {
    taker = whoTakes;
    // O_NONBLOCK is a mark on the open socket, not on our descriptor for it, and lookout, master
    // and the other workers hold the same socket. All of them want it, so whoever comes first sets
    // it and nobody takes it back. Without it, a worker that lost the race for a connection would
    // wait in accept(2), deaf to everything else.
    listener.configureBlocking(false);
    key = listener.register(selector, 0, this);
  }

  @Override
  public void want(boolean more) {
    wanted = more;
    SelectionKey mine = Objects.requireNonNull(key);
    int operations = more && !shut && !outOfDescriptors ? SelectionKey.OP_ACCEPT : 0;
    if (mine.interestOps() != operations) {
      mine.interestOps(operations);
    }
  }

  /**
   * Takes one connection, not all that wait: between two of them another worker has its chance, and
   * so the load spreads. A worker without a free thread takes none; what it left in the kernel's
   * queue is for the others, and survives this process.
   */
  @Override
  public void ready() {
    try {
      // Not our turn any more when the answer is null: another worker was quicker.
      SocketChannel channel = listener.accept();
      outOfDescriptors = false;
      if (channel != null) {
        Objects.requireNonNull(taker).take(channel);
      }
    } catch (IOException e) {
      // EMFILE, most likely. The connection stays in the queue; trying again before a descriptor is
      // free would spin, so the next try is at the next tick.
      if (!outOfDescriptors) {
        LOG.warn(
            "cannot accept ({}): waiting; ulimit -n says how many are allowed", e.getMessage());
      }
      outOfDescriptors = true;
    }
  }

  @Override
  public void tick() {
    outOfDescriptors = false;
  }

  /** Nobody waits for one worker: there are others at the same socket. */
  @Override
  public boolean isCrowded() {
    return false;
  }

  /** There may be room again; nothing that the selector looks for would tell it so. */
  @Override
  public void closed(SocketChannel channel) {
    if (!wanted) {
      Objects.requireNonNull(key).selector().wakeup();
    }
  }

  @Override
  public void shut() {
    shut = true;
    want(false);
  }

  @Override
  public boolean isShut() {
    return shut;
  }
}
