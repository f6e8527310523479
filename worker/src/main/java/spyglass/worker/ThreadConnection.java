package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.protocol.Message;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolException;

/**
 * A connection on {@code --engine thread}: a virtual thread of its own reads, cuts messages, executes
 * them, and reads on. The same work as in {@link LoopConnection}, in the order in which one would tell
 * it. Where it has to wait, the thread sleeps until the loop has seen something; a virtual thread that
 * sleeps is an object in the heap and not a thread of the operating system.
 */
final class ThreadConnection extends ProtocolConnection {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Queue<Message> messages = new ArrayDeque<>();
  private boolean signalled;
  private boolean draining;
  private boolean heardOut;

  ThreadConnection(SocketChannel channel, SelectionKey key, Server server, Protocol protocol)
      throws IOException {
    super(channel, key, server, server.slots(), protocol);
  }

  /** Begins to listen. */
  void start() {
    Thread.ofVirtual().name("connection-" + peer()).start(this::run);
  }

  private void run() {
    try {
      talk();
      close();
      awaitGoodbye();
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", peer(), e.getMessage());
    } catch (RuntimeException | Error e) {
      cut();
      LOG.error("{}: the handler failed, the connection is cut", peer(), e);
    } finally {
      release();
      watch().wakeLoop();
    }
  }

  private void talk() throws IOException {
    while (awaitBytes()) {
      try {
        feed(messages::add);
      } catch (ProtocolException e) {
        messages.add(farewell(e));
      }
      executeAll();
    }
    if (!isLeaving()) {
      handler().ended(messages::add);
      executeAll();
    }
  }

  private void executeAll() {
    Message message = messages.poll();
    while (message != null) {
      // Any number of connections may be open, but only --threads messages executed at once.
      server().slots().take();
      try {
        execute(message);
      } finally {
        server().slots().giveBack();
      }
      message = messages.poll();
    }
  }

  /** Reads what comes; false when nothing more is to be read. */
  private boolean awaitBytes() throws IOException {
    while (!isLeaving() && !heardOut) {
      // What the client had sent before the order to stop is heard; what it sends now is not.
      heardOut = isDraining();
      int count = inbox().fill(channel());
      if (count != 0 || heardOut) {
        return count > 0;
      }
      inbox().shrink();
      await(Long.MAX_VALUE);
    }
    return false;
  }

  private synchronized boolean isDraining() {
    return draining;
  }

  /** All is said. Waits until the client has heard it and says goodbye itself, but not for ever. */
  private void awaitGoodbye() throws IOException {
    Clocks clocks = server().settings().clocks();
    long until = System.nanoTime() + clocks.stall().toNanos();
    while (!outbox().isDone() && System.nanoTime() - until < 0) {
      await(until);
    }
    until = System.nanoTime() + clocks.linger().toNanos();
    while (channel().isOpen() && System.nanoTime() - until < 0) {
      if (inbox().fill(channel()) < 0) {
        return;
      }
      inbox().clear();
      await(until);
    }
  }

  private synchronized void await(long until) {
    watch().on(SelectionKey.OP_READ);
    while (!signalled) {
      long left = until == Long.MAX_VALUE ? 0 : (until - System.nanoTime()) / 1_000_000;
      if (until != Long.MAX_VALUE && left <= 0) {
        return;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        // A message has interrupted its own thread and left it at that.
      }
    }
    signalled = false;
  }

  @Override
  public void ready() {
    try {
      if (watch().sees(SelectionKey.OP_WRITE)) {
        outbox().flush();
      }
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", peer(), e.getMessage());
      cut();
    }
    watch().off(SelectionKey.OP_READ);
    settle();
  }

  @Override
  synchronized void settle() {
    signalled = true;
    notifyAll();
  }

  @Override
  public void tick(long now, boolean drain) {
    if (drain && !isDraining()) {
      beginToDrain();
    }
  }

  private synchronized void beginToDrain() {
    draining = true;
    settle();
  }
}
