package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.protocol.Message;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/**
 * A connection that speaks a protocol other than HTTP: the loop reads and cuts messages, one of the
 * app's threads executes them, one after another. Between the two stands a queue. When it is full the
 * loop does not read on: the kernel's buffer fills, the client's window closes, and the client waits.
 * That is all there is to backpressure.
 *
 * <p>It holds the tree awake as long as it is open: what a silent client waits for, only its protocol
 * knows.
 */
final class ProtocolConnection implements Session {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** Messages of one connection that may wait. */
  private static final int MOST_WAITING = 64;

  /** After so many, a thread is for another connection that waits. */
  private static final int TURN = 16;

  private final Server server;
  private final SocketChannel channel;
  private final Watch watch;
  private final Inbox inbox;
  private final ProtocolLink link;
  private final ProtocolHandler handler;
  private final Busy busy;
  private final Queue<Message> messages = new ArrayDeque<>();
  private volatile boolean heard;
  private boolean working;
  private volatile boolean ended;
  private boolean clientEnded;
  private boolean released;
  private long cutAt = Long.MAX_VALUE;

  ProtocolConnection(SocketChannel channel, SelectionKey key, Server server, Protocol protocol)
      throws IOException {
    this.server = server;
    this.channel = channel;
    this.watch = new Watch(key);
    this.inbox = new Inbox(server.settings().bounds().message(), server.memory());
    this.link = new ProtocolLink(channel, watch, server, this::settle);
    Sockets.askForSignsOfLife(channel);
    this.handler = protocol.open(link);
    this.busy = new Busy(server.heartbeat());
    busy.begin();
  }

  @Override
  public void ready() {
    try {
      if (watch.sees(SelectionKey.OP_WRITE)) {
        link.outbox().flush();
      }
      if (watch.sees(SelectionKey.OP_READ)) {
        read();
      }
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", link.peer(), e.getMessage());
      end();
    }
    settleNow();
  }

  private void read() throws IOException {
    int count = inbox.fill(channel);
    if (count < 0) {
      clientEnded = true;
      watch.off(SelectionKey.OP_READ);
    }
    if (link.isLeaving() || ended) {
      inbox.clear();
      return;
    }
    try {
      if (count < 0) {
        sayEnded();
      } else if (count > 0) {
        feed();
      }
    } catch (ProtocolException e) {
      add(farewell(e));
      ended = true;
    }
    schedule();
  }

  /** Gives what has come to the handler. */
  private void feed() throws ProtocolException {
    heard = true;
    int before = inbox.bytes().remaining();
    handler.received(inbox.bytes(), this::add);
    if (inbox.bytes().remaining() == before && inbox.isAtMost()) {
      throw new ProtocolException("a message is longer than --max-message");
    }
  }

  /** What becomes of a client's mistake: it is told, in its turn, and that was it. */
  private Message farewell(ProtocolException mistake) {
    LOG.debug("{}: {}", link.peer(), mistake.getMessage());
    return told -> {
      if (mistake.farewell().length > 0) {
        told.write(mistake.farewell());
      }
      told.close();
    };
  }

  private void sayEnded() {
    handler.ended(this::add);
    ended = true;
  }

  private synchronized void add(Message message) {
    messages.add(message);
    server.backlog().add();
    if (messages.size() >= MOST_WAITING || server.backlog().isFull()) {
      watch.off(SelectionKey.OP_READ);
    }
  }

  private synchronized void schedule() {
    if (!working && (ended || !messages.isEmpty())) {
      working = true;
      server.helm().soon(this::work);
    }
  }

  /** The work. App thread. */
  private void work() {
    for (int i = 0; i < TURN; i++) {
      Message message = next();
      if (message == null) {
        return;
      }
      link.execute(message);
    }
    server.threads().run(this::work);
  }

  /** The next message, or null when there is none, and then the loop reads on. */
  private synchronized @Nullable Message next() {
    Message message = messages.poll();
    if (message != null) {
      server.backlog().remove(1);
      return message;
    }
    working = false;
    if (ended) {
      link.close();
    } else if (!link.isLeaving()) {
      watch.on(SelectionKey.OP_READ);
    }
    return null;
  }

  /** Has the loop look whether this is the end. Any thread. */
  private void settle() {
    server.loop().execute(this::settleNow);
  }

  /** The same. Loop only. */
  private void settleNow() {
    if (!link.isLeaving() || released) {
      return;
    }
    boolean over = clientEnded && link.outbox().isDone();
    if (over || !channel.isOpen()) {
      end();
    } else if (cutAt == Long.MAX_VALUE) {
      Clocks clocks = server.settings().clocks();
      Duration patience = link.outbox().isDone() ? clocks.linger() : clocks.stall();
      cutAt = System.nanoTime() + patience.toNanos();
      if (!clientEnded) {
        watch.on(SelectionKey.OP_READ);
      }
    }
  }

  private void end() {
    if (released) {
      return;
    }
    released = true;
    link.release();
    inbox.clear();
    // One that said nothing was no visit.
    busy.end(heard);
    try {
      handler.closed();
    } catch (RuntimeException | Error e) {
      LOG.error("{}: the handler failed at the end of its connection", link.peer(), e);
    }
    synchronized (this) {
      server.backlog().remove(messages.size());
      messages.clear();
    }
  }

  /** What the client had sent before the order to stop is heard; what it sends now is not. */
  private void hearOut() {
    try {
      read();
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", link.peer(), e.getMessage());
      end();
    }
    if (!ended && !link.isLeaving()) {
      sayEnded();
      schedule();
    }
  }

  @Override
  public void tick(long now, boolean draining) {
    if (!inbox.bytes().hasRemaining()) {
      inbox.shrink();
    }
    if (draining && !ended && !link.isLeaving()) {
      hearOut();
    }
    if (link.isLeaving() && now - cutAt >= 0) {
      end();
    }
  }

  @Override
  public void cut() {
    link.cut();
  }
}
