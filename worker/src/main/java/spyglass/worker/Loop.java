package spyglass.worker;

import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that waits: for connections, for bytes to arrive, for clients who are slow, and for
 * the order to stop. It never waits for a single client, so ten thousand of them cost memory and no
 * threads. What is to be done with a connection, its {@link Session} knows.
 */
final class Loop implements Executor {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** With -vvv. */
  private static final Logger EVENTS = LoggerFactory.getLogger("event.Worker");

  private static final long TICK_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Door door;
  private final Server server;
  private final BooleanSupplier orphaned;
  private final Selector selector;
  private final Queue<Runnable> errands = new ConcurrentLinkedQueue<>();
  private final Sessions sessions;
  private long nextTick = System.nanoTime() + TICK_NANOS;
  private boolean swept;
  private volatile boolean draining;
  private volatile long drainUntil;

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
    this.server = new Server(settings, heartbeat, threads, door, this);
    this.sessions = service.sessions(server);
  }

  /** Serves until there is an order to stop, or nobody can come any more, and nothing is left to do. */
  void run() throws IOException {
    door.open(selector, this, this::take);
    while (!isDone()) {
      door.want(hasRoom());
      long wait = TimeUnit.NANOSECONDS.toMillis(nextTick - System.nanoTime());
      selector.select(this::handle, Math.max(1, wait));
      runErrands();
      if (System.nanoTime() - nextTick >= 0 || draining != swept) {
        sweep();
        nextTick = System.nanoTime() + TICK_NANOS;
        tick();
      }
    }
  }

  private void sweep() {
    if (draining != swept) {
      swept = draining;
      door.shut();
    }
  }

  private boolean hasRoom() {
    return selector.keys().size() <= server.settings().bounds().connections() && sessions.hasRoom();
  }

  /** Has something done by the loop's thread, soon. Any thread. */
  @Override
  public void execute(Runnable errand) {
    errands.add(errand);
    selector.wakeup();
  }

  private void runErrands() {
    for (Runnable next = errands.poll(); next != null; next = errands.poll()) {
      next.run();
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
    boolean late = draining && System.nanoTime() - drainUntil > 0;
    if (late) {
      LOG.warn("connections are still open after --drain seconds: cutting them");
    }
    return late || (door.isShut() && errands.isEmpty() && hasNoConnection());
  }

  /** Asked last: a connection on its way in is an errand before it is a key. */
  private boolean hasNoConnection() {
    return selector.keys().stream().noneMatch(Loop::isOpenConnection);
  }

  /** A connection that was closed is among the keys until the next select, which may be long. */
  private static boolean isOpenConnection(SelectionKey key) {
    return key.isValid() && key.attachment() instanceof Session;
  }

  private void handle(SelectionKey key) {
    switch (key.attachment()) {
      case Session session -> {
        EVENTS.trace("{}: ready", key.channel());
        guard(session, session::ready);
      }
      case Door ours -> {
        // Asked again: since the selector was told what to look for, the order to stop may have
        // come, or the last place may have been taken.
        if (!draining && hasRoom()) {
          ours.ready();
        }
      }
      default -> throw new IllegalStateException("a key that is nobody's");
    }
  }

  /** One connection's trouble, such as a handler that throws, must not end all the others. */
  private static void guard(Session session, Runnable work) {
    try {
      work.run();
    } catch (CancelledKeyException e) {
      // An app thread has closed this connection since the selector saw it.
    } catch (RuntimeException | Error e) {
      // Told first: with the connection a process that was started for it may lose its log.
      LOG.error("a connection is cut", e);
      session.cut();
    }
  }

  private void take(SocketChannel channel) throws IOException {
    EVENTS.trace("{}: taken", channel);
    try {
      channel.configureBlocking(false);
      Sockets.sendAtOnce(channel);
      sessions.open(channel, channel.register(selector, SelectionKey.OP_READ));
    } catch (IOException e) {
      // The client left before we had so much as a look at it.
      close(channel);
    } catch (RuntimeException | Error e) {
      LOG.error("a connection is cut before it has begun", e);
      close(channel);
    }
  }

  private void close(SocketChannel channel) throws IOException {
    EVENTS.trace("{}: closed", channel);
    channel.close();
    door.closed(channel);
  }

  /** Once a second: is there still a parent, and who has been silent for too long? */
  private void tick() {
    if (!draining && orphaned.getAsBoolean()) {
      drain("the master is gone");
    }
    door.tick();
    long now = System.nanoTime();
    boolean crowded = door.isCrowded();
    for (SelectionKey key : selector.keys()) {
      if (key.attachment() instanceof Session session) {
        guard(session, () -> tick(session, now, crowded));
      }
    }
  }

  private void tick(Session session, long now, boolean crowded) {
    session.tick(now, draining);
    if (crowded) {
      session.makeRoom();
    }
  }
}
