package spyglass.control;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A listening socket that lets in so many at once and no more; the others wait in the kernel's queue
 * until somebody leaves.
 */
public final class Door implements Guest {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** For descriptors to become free. Without it the loop would spin: the socket stays readable. */
  private static final long PAUSE_MILLIS = 1000;

  private final Loop loop;
  private final ServerSocketChannel listener;
  private final int most;
  private final Host host;
  private @Nullable SelectionKey key;
  private boolean open;
  private int inside;
  private long paused = NEVER;

  /** Who receives those that come in. */
  public interface Host {
    /** Somebody is there; the talk has begun. */
    void admit(Talk talk);
  }

  /** A door that is shut; the socket listens already. */
  public Door(Loop loop, ServerSocketChannel listener, int most, Host host) throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.most = most;
    this.host = host;
    listener.configureBlocking(false);
  }

  /** Begins to let people in. */
  public void open() {
    open = true;
    paused = NEVER;
    key = loop.add(listener, SelectionKey.OP_ACCEPT, this);
    attend();
  }

  /** Lets nobody in any more; those who wait go on waiting, and those inside may stay. */
  public void shut() {
    open = false;
    attend();
  }

  /** Somebody has left. */
  void left() {
    inside--;
    attend();
  }

  private void attend() {
    if (key != null && key.isValid() && key.attachment() == this) {
      boolean welcome = open && paused == NEVER && inside < most;
      key.interestOps(welcome ? SelectionKey.OP_ACCEPT : 0);
    }
  }

  @Override
  public void ready() {
    if (!open) {
      // It was shut in this very round.
      return;
    }
    try {
      SocketChannel client = listener.accept();
      if (client != null) {
        inside++;
        host.admit(Talk.begin(loop, client, this));
      }
    } catch (IOException e) {
      // EMFILE, most likely. Those who are not accepted stay in the queue.
      LOG.warn("cannot accept ({}): the rest will wait", e.getMessage());
      paused = loop.now() + PAUSE_MILLIS;
    }
    attend();
  }

  @Override
  public long due() {
    return paused;
  }

  @Override
  public void overdue() {
    paused = NEVER;
    attend();
  }

  @Override
  public void close() {
    shut();
    try {
      listener.close();
    } catch (IOException e) {
      LOG.warn("cannot close a socket: {}", e.getMessage());
    }
  }
}
