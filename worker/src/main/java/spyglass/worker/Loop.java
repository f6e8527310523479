package spyglass.worker;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;

/**
 * The one thread that waits: for connections to accept, for requests to arrive, for clients who are
 * slow, and for the order to stop. It never waits for a single client, so ten thousand of them cost
 * memory and no threads. As soon as a head is whole, the connection goes to one of the {@link
 * AppThreads} and comes back when it is answered.
 */
final class Loop {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Server server;
  private final BooleanSupplier orphaned;
  private final Selector selector;
  private final SelectionKey acceptKey;
  private long nextTick = System.nanoTime() + TICK_NANOS;
  private boolean outOfDescriptors;
  private boolean swept;
  private volatile boolean draining;
  private volatile long drainUntil;

  /**
   * Watches a listening socket, but accepts nothing before {@link #run}.
   *
   * @param orphaned whether there is nobody left who could give the order to stop
   */
  Loop(
      ServerSocketChannel listener,
      Settings settings,
      App app,
      Heartbeat heartbeat,
      BooleanSupplier orphaned)
      throws IOException {
    this.orphaned = orphaned;
    this.selector = Selector.open();
    AppThreads threads = new AppThreads(settings.threads(), selector::wakeup);
    this.server = new Server(settings, app, heartbeat, threads);
    // O_NONBLOCK is a mark on the open socket, not on our descriptor for it, and lookout, master
    // and the other workers hold the same socket. All of them want it, so whoever comes first sets
    // it and nobody takes it back. Without it, a worker that lost the race for a connection would
    // wait in accept(2), deaf to everything else.
    listener.configureBlocking(false);
    this.acceptKey = listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /** Serves until there is an order to stop and nothing is left to do. */
  void run() throws IOException {
    while (!isDone()) {
      long wait = TimeUnit.NANOSECONDS.toMillis(nextTick - System.nanoTime());
      selector.select(this::handle, Math.max(1, wait));
      if (System.nanoTime() - nextTick >= 0 || draining != swept) {
        swept = draining;
        nextTick = System.nanoTime() + TICK_NANOS;
        tick();
      }
      adjustAccepting();
    }
  }

  /** Stops accepting; finishes what was accepted. Any thread, any number of times. */
  void drain(String why) {
    if (!draining) {
      LOG.debug("{}: finishing what was accepted", why);
      drainUntil = System.nanoTime() + server.settings().clocks().drain().toNanos();
      draining = true;
      server.stopKeeping();
      selector.wakeup();
    }
  }

  private boolean isDone() {
    if (!draining) {
      return false;
    }
    boolean late = System.nanoTime() - drainUntil > 0;
    if (late) {
      LOG.warn("connections are still open after --drain seconds: cutting them");
    }
    return late || selector.keys().stream().noneMatch(this::isOpenConnection);
  }

  /** A connection that was closed is among the keys until the next select, which may be long. */
  private boolean isOpenConnection(SelectionKey key) {
    return key.isValid() && !acceptKey.equals(key);
  }

  private void handle(SelectionKey key) {
    try {
      if (acceptKey.equals(key)) {
        accept();
      } else {
        ((Connection) key.attachment()).ready();
      }
    } catch (CancelledKeyException e) {
      // An app thread has closed this connection since the selector saw it.
    } catch (RuntimeException | Error e) {
      // One connection's trouble, such as no thread to be had for it, must not end all the others.
      if (key.attachment() instanceof Connection connection) {
        connection.cut();
      }
      LOG.error("a connection is cut", e);
    }
  }

  /**
   * Takes one connection, not all that wait: between two of them another worker has its chance, and
   * so the load spreads. A worker without a free thread takes none; what it left in the kernel's
   * queue is for the others, and survives this process.
   */
  private void accept() {
    try {
      // Not our turn any more when the answer is null: another worker was quicker.
      SocketChannel channel = ((ServerSocketChannel) acceptKey.channel()).accept();
      outOfDescriptors = false;
      if (channel != null) {
        open(channel);
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

  private void open(SocketChannel channel) throws IOException {
    try {
      channel.configureBlocking(false);
      // An answer is written in one piece; nothing is won by waiting for more to send. A Unix
      // socket never waits, and has no such option.
      if (channel.supportedOptions().contains(StandardSocketOptions.TCP_NODELAY)) {
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      }
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(channel, key, server);
      key.attach(connection);
      connection.open();
    } catch (IOException e) {
      // The client left before we had so much as a look at it.
      channel.close();
    }
  }

  private void adjustAccepting() {
    boolean room = selector.keys().size() <= server.settings().bounds().connections();
    boolean want = !draining && !outOfDescriptors && room && !server.threads().full();
    int ops = want ? SelectionKey.OP_ACCEPT : 0;
    if (acceptKey.interestOps() != ops) {
      acceptKey.interestOps(ops);
    }
  }

  /** Once a second: is there still a parent, and who has been silent for too long? */
  private void tick() {
    if (!draining && orphaned.getAsBoolean()) {
      drain("the master is gone");
    }
    outOfDescriptors = false;
    long now = System.nanoTime();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Connection connection) {
        connection.tick(now, draining);
      }
    }
  }
}
