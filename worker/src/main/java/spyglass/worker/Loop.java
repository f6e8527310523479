package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits: for connections, for bytes to arrive, for clients who are slow, and for the order to
 * stop. It never waits for a single client, so ten thousand of them cost memory and no threads. What
 * is to be done with a connection, its {@link Session} knows.
 *
 * <p>"The loop's thread" is whoever has the {@link Helm}, and that may change after each call of the
 * app: so all that is to be done next stands in queues, not on a stack.
 */
final class Loop implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** With -vvv. */
  private static final Logger EVENTS = LoggerFactory.getLogger("event.Worker");

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Somebody waits for the end of a worker that leaves. */
  private static final long LEAVING_TICK_NANOS = TICK_NANOS / 10;

  private final Door door;
  private final Server server;
  private final BooleanSupplier orphaned;
  private final Selector selector;
  private final Connections open;
  private final Helm helm;
  private final Queue<SelectionKey> ready = new ArrayDeque<>();
  private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final Sessions sessions;
  private final Shutdown shutdown;
  private long nextTick = System.nanoTime() + TICK_NANOS;
  private boolean knocked;
  private boolean swept;

  /**
   * A loop that has not begun.
   *
   * @param door where connections come from
   * @param service who takes them
   * @param orphaned whether there is nobody left who could give the order to stop
   */
  Loop(Door door, Service service, Settings settings, Heartbeat heartbeat, BooleanSupplier orphaned)
      throws IOException {
    this.door = door;
    this.orphaned = orphaned;
    this.selector = Selector.open();
    AppThreads threads = new AppThreads(settings.threads(), selector::wakeup);
    this.shutdown = new Shutdown(settings.clocks().drain(), selector::wakeup);
    this.helm = new Helm(this::round, threads, selector::wakeup);
    this.server = new Server(settings, heartbeat, threads, helm, door, this, shutdown);
    this.sessions = service.sessions(server);
    this.open = new Connections(selector, server);
  }

  /**
   * Serves until there is an order to stop, or nobody can come any more, and nothing is left to do.
   *
   * @return whether that was in order, and not because this process is of no use any more
   */
  boolean run() throws IOException {
    door.open(selector, this, this::take);
    helm.run();
    return shutdown.isInOrder();
  }

  private Helm.After round() throws IOException {
    // First of all the calls that who led before has left.
    do {
      if (!helm.call()) {
        return Helm.After.LOST;
      }
    } while (doNext());
    if (isDone()) {
      return Helm.After.OVER;
    }
    door.want(hasRoom());
    long wait = TimeUnit.NANOSECONDS.toMillis(nextTick - System.nanoTime());
    selector.select(this::collect, Math.max(1, wait));
    return Helm.After.AGAIN;
  }

  private void collect(SelectionKey key) {
    // No switch over types: the JVM would make classes for it before the first answer.
    if (key.attachment() instanceof Session) {
      ready.add(key);
    } else if (key.attachment() instanceof Door) {
      knocked = true;
    } else {
      throw new IllegalStateException("a key that is nobody's");
    }
  }

  /** Does one thing of those that are to be done; false when there is nothing. */
  private boolean doNext() {
    SelectionKey key = ready.poll();
    if (key != null) {
      handle(key);
      return true;
    }
    if (knocked) {
      knocked = false;
      // Asked again: since the selector was told what to look for, the order to stop may have
      // come, or the last place may have been taken.
      if (!shutdown.isOrdered() && hasRoom()) {
        door.ready();
      }
      return true;
    }
    Runnable errand = errands.poll();
    if (errand != null) {
      errand.run();
      return true;
    }
    if (System.nanoTime() - nextTick >= 0 || shutdown.isOrdered() != swept) {
      sweep();
      nextTick = System.nanoTime() + (swept ? LEAVING_TICK_NANOS : TICK_NANOS);
      tick();
      return true;
    }
    return false;
  }

  /** Gives back where connections came from; to be called when {@link #run} has returned. */
  void letGo() throws IOException {
    for (SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    // A channel is closed when its selector has taken notice.
    selector.selectNow();
  }

  private void sweep() {
    if (!swept && shutdown.isOrdered()) {
      swept = true;
      door.shut();
      server.heartbeat().leaving();
    }
  }

  private boolean hasRoom() {
    return isBelowMost() && sessions.hasRoom();
  }

  private boolean isBelowMost() {
    return selector.keys().size() <= server.settings().bounds().connections();
  }

  /** Has something done by the loop's thread, soon. Any thread. */
  @Override
  public void execute(Runnable errand) {
    errands.add(errand);
    selector.wakeup();
  }

  /** Stops accepting, and cuts what was accepted and is not finished. Any thread. */
  void cut() {
    shutdown.drain("told to cut");
    shutdown.hurry();
  }

  /** Stops accepting; finishes what was accepted. Any thread, any number of times. */
  void drain(String why) {
    shutdown.drain(why);
  }

  private boolean isDone() {
    if (shutdown.isOver()) {
      open.cutAll();
      return true;
    }
    // Connections last: one on its way in is an errand before it is a key.
    return door.isShut() && errands.isEmpty() && open.isEmpty();
  }

  private void handle(SelectionKey key) {
    EVENTS.trace("{}: ready", key.channel());
    if (key.attachment() instanceof Session session) {
      open.guard(session, session::ready);
    }
  }

  private void take(SocketChannel channel) throws IOException {
    EVENTS.trace("{}: taken", channel);
    try {
      channel.configureBlocking(false);
      Sockets.sendAtOnce(channel);
      sessions.open(channel, channel.register(selector, SelectionKey.OP_READ));
    } catch (IOException e) {
      LOG.trace("a client left before we had so much as a look at it: {}", e.getMessage());
      close(channel);
    } catch (RuntimeException | Error e) {
      LOG.error("a connection is cut before it has begun", e);
      close(channel);
      server.failed(e);
    }
  }

  private void close(SocketChannel channel) throws IOException {
    EVENTS.trace("{}: closed", channel);
    channel.close();
    door.closed(channel);
  }

  /** Once a second: is there still a parent, and who has been silent for too long? */
  private void tick() {
    if (orphaned.getAsBoolean()) {
      shutdown.drainInTime("the master is gone");
    }
    door.tick();
    if (!shutdown.isOrdered() && !hasRoom() && isBelowMost() && sessions.hasRoomToAsk()) {
      // Whoever has waited until now is wanted by no other worker.
      door.ready();
    }
    long now = System.nanoTime();
    boolean crowded = door.isCrowded();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Session session) {
        open.guard(session, () -> tick(session, now, crowded));
      }
    }
  }

  private void tick(Session session, long now, boolean crowded) {
    session.tick(now, shutdown.isOrdered());
    if (crowded) {
      session.makeRoom();
    }
  }
}
