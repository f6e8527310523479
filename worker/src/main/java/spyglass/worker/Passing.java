package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker's part in {@code --accept pass}: has room for so many connections, asks its master for them,
 * and asks for another when one has gone.
 *
 * <p>One thread waits for connections. Another tells the master things, because its socket may be full
 * when the master is stopped, and a worker never waits for its master; see {@link Heartbeat}. A connection
 * goes through both: the master is told that it has begun, and only then may anybody read of it. Were
 * this process killed in between, the other way round, the next worker would get a connection whose
 * first bytes are gone.
 */
final class Passing {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** Something to tell the master, and what comes after it. */
  private interface Message {
    void tell(Handover handover) throws IOException;
  }

  private final Handover handover;
  private final int room;
  private final Consumer<SocketChannel> taker;
  private final Runnable whenOver;
  private final BlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private volatile boolean draining;
  private volatile boolean over;

  /**
   * Asks nothing yet.
   *
   * @param handover which has taken over
   * @param room how many connections this worker will have at most
   * @param taker gets each when the master knows that it has begun, on a thread that must not be kept
   * @param whenOver called once, when no more can come and the taker has got all
   */
  Passing(Handover handover, int room, Consumer<SocketChannel> taker, Runnable whenOver) {
    this.handover = handover;
    this.room = room;
    this.taker = taker;
    this.whenOver = whenOver;
  }

  /** Asks for as many connections as there is room for, and begins to receive. */
  void start() {
    messages.add(master -> master.ask(room));
    Thread.ofPlatform().daemon().name("tell-master").start(this::tell);
    Thread.ofPlatform().daemon().name("receive").start(this::receive);
  }

  /** A connection that was given to the taker has been closed: there is room for another. Any thread. */
  void closed() {
    if (!draining) {
      messages.add(master -> master.ask(1));
    }
  }

  /** Has the master pass no more; what it has passed already still comes. Any number of times. */
  void drain() {
    if (!draining) {
      draining = true;
      messages.add(Handover::enough);
    }
  }

  /** Whether no connection can come any more. A worker that drains must wait for that. */
  boolean isOver() {
    return over;
  }

  private void tell() {
    while (true) {
      try {
        messages.take().tell(handover);
      } catch (IOException e) {
        // EPIPE: the master is gone. The loop finds out for itself and drains; until then there are
        // connections to hand out.
        LOG.trace("the master does not hear: {}", e.getMessage());
      } catch (InterruptedException e) {
        throw new IllegalStateException("nobody interrupts this thread", e);
      }
    }
  }

  private void begin(SocketChannel connection) throws IOException {
    try {
      handover.begun(connection);
    } finally {
      taker.accept(connection);
    }
  }

  private void receive() {
    try {
      Optional<SocketChannel> connection = handover.receive();
      while (connection.isPresent()) {
        SocketChannel received = connection.get();
        messages.add(master -> begin(received));
        connection = handover.receive();
      }
    } catch (IOException | RuntimeException e) {
      LOG.error("no connections can be received any more", e);
      drain();
    }
    messages.add(master -> end());
  }

  private void end() {
    LOG.debug("received {}, begun {}", handover.received(), handover.toldBegun());
    over = true;
    whenOver.run();
  }
}
