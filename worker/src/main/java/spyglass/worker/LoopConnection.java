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

/**
 * A connection on {@code --engine loop}: the loop reads and cuts messages, one of the app's threads
 * executes them, one after another. Between the two stands a queue. When it is full the loop does not
 * read on: the kernel's buffer fills, the client's window closes, and the client waits. That is all
 * there is to backpressure.
 */
final class LoopConnection extends ProtocolConnection {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** Messages of one connection that may wait. */
  private static final int MOST_WAITING = 64;

  /** After so many, a thread is for another connection that waits. */
  private static final int TURN = 16;

  private final Queue<Message> messages = new ArrayDeque<>();
  private boolean working;
  private volatile boolean ended;
  private boolean clientEnded;
  private boolean released;
  private long cutAt = Long.MAX_VALUE;

  LoopConnection(SocketChannel channel, SelectionKey key, Server server, Protocol protocol)
      throws IOException {
    super(channel, key, server, server.threads(), protocol);
  }

  @Override
  public void ready() {
    try {
      if (watch().sees(SelectionKey.OP_WRITE)) {
        outbox().flush();
      }
      if (watch().sees(SelectionKey.OP_READ)) {
        read();
      }
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", peer(), e.getMessage());
      end();
    }
    settleNow();
  }

  private void read() throws IOException {
    int count = inbox().fill(channel());
    if (count < 0) {
      clientEnded = true;
      watch().off(SelectionKey.OP_READ);
    }
    if (isLeaving() || ended) {
      inbox().clear();
      return;
    }
    try {
      if (count < 0) {
        sayEnded();
      } else if (count > 0) {
        feed(this::add);
      }
    } catch (ProtocolException e) {
      add(farewell(e));
      ended = true;
    }
    schedule();
  }

  private void sayEnded() {
    handler().ended(this::add);
    ended = true;
  }

  private synchronized void add(Message message) {
    messages.add(message);
    server().backlog().add();
    if (messages.size() >= MOST_WAITING || server().backlog().isFull()) {
      watch().off(SelectionKey.OP_READ);
    }
  }

  private synchronized void schedule() {
    if (!working && (ended || !messages.isEmpty())) {
      working = true;
      server().helm().soon(this::work);
    }
  }

  /** The work. App thread. */
  private void work() {
    for (int i = 0; i < TURN; i++) {
      Message message = next();
      if (message == null) {
        return;
      }
      execute(message);
    }
    server().threads().run(this::work);
  }

  /** The next message, or null when there is none, and then the loop reads on. */
  private synchronized @Nullable Message next() {
    Message message = messages.poll();
    if (message != null) {
      server().backlog().remove(1);
      return message;
    }
    working = false;
    if (ended) {
      close();
    } else if (!isLeaving()) {
      watch().on(SelectionKey.OP_READ);
    }
    return null;
  }

  @Override
  void settle() {
    server().loop().execute(this::settleNow);
  }

  /** Looks whether this is the end. Loop only. */
  private void settleNow() {
    if (!isLeaving() || released) {
      return;
    }
    boolean over = clientEnded && outbox().isDone();
    if (over || !channel().isOpen()) {
      end();
    } else if (cutAt == Long.MAX_VALUE) {
      Clocks clocks = server().settings().clocks();
      Duration patience = outbox().isDone() ? clocks.linger() : clocks.stall();
      cutAt = System.nanoTime() + patience.toNanos();
      if (!clientEnded) {
        watch().on(SelectionKey.OP_READ);
      }
    }
  }

  private void end() {
    if (released) {
      return;
    }
    released = true;
    release();
    synchronized (this) {
      server().backlog().remove(messages.size());
      messages.clear();
    }
  }

  /** What the client had sent before the order to stop is heard; what it sends now is not. */
  private void hearOut() {
    try {
      read();
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", peer(), e.getMessage());
      end();
    }
    if (!ended && !isLeaving()) {
      sayEnded();
      schedule();
    }
  }

  @Override
  public void tick(long now, boolean draining) {
    if (!inbox().bytes().hasRemaining()) {
      inbox().shrink();
    }
    if (draining && !ended && !isLeaving()) {
      hearOut();
    }
    if (isLeaving() && now - cutAt >= 0) {
      end();
    }
  }
}
