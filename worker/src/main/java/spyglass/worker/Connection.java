package spyglass.worker;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.Hangup;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Parsed;
import spyglass.http.Refused;
import spyglass.http.Reply;

/**
 * One client, from accept to close.
 *
 * <pre>
 *   accept -> FRESH -> ARRIVING -> SERVING -> IDLE -> ARRIVING -> ...
 *                                     |
 *                                     +-> LINGERING -> closed
 * </pre>
 *
 * It has one owner at a time: the loop, but an app thread while SERVING. FRESH, ARRIVING and SERVING
 * hold the tree awake; an idle connection does not.
 */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final int MOST_DISCARDED = 1 << 20;

  private enum State {
    FRESH,
    ARRIVING,
    SERVING,
    IDLE,
    LINGERING
  }

  private final Server server;
  private final Inbox inbox;
  private final HttpParser parser;
  private final Wire wire;
  private volatile State state = State.FRESH;
  private volatile long deadline;
  private boolean counted = true;
  private int discarded;
  private int served;

  private Connection(SocketChannel channel, SelectionKey key, Server server) {
    this.server = server;
    this.parser = new HttpParser(server.settings().limits());
    Settings settings = server.settings();
    this.wire = new Wire(channel, key, settings.stall(), settings.bounds().leastRate());
    this.inbox = new Inbox(server.settings().limits());
    this.deadline = System.nanoTime() + server.settings().firstByte().toNanos();
  }

  /** Takes over a channel that was just accepted. Loop only. */
  static void begin(SocketChannel channel, Selector selector, Server server) throws IOException {
    try {
      channel.configureBlocking(false);
      // An answer is written in one piece; nothing is won by waiting for more to send.
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
      Connection connection = new Connection(channel, key, server);
      key.attach(connection);
      server.heartbeat().begin();
      connection.read();
    } catch (IOException e) {
      channel.close();
    }
  }

  /** The selector says that this connection can be read, or written if that was waited for. */
  void ready() {
    if (wire.signal()) {
      return;
    }
    if (state == State.LINGERING) {
      discard();
    } else {
      read();
    }
  }

  private void read() {
    try {
      if (inbox.fill(wire.channel()) < 0) {
        LOG.trace("a client left: {}", parser.end());
        close();
        return;
      }
      arrived(parser.parse(inbox.bytes()));
    } catch (IOException e) {
      LOG.trace("a client left: {}", e.getMessage());
      close();
    }
  }

  private void arrived(Parsed parsed) {
    switch (parsed) {
      case Head head -> {
        count();
        state = State.SERVING;
        wire.lend();
        server.threads().run(() -> serve(head));
      }
      case Parsed.More more -> {
        if (parser.midway() && state != State.ARRIVING) {
          count();
          deadline = System.nanoTime() + server.settings().head().toNanos();
          state = State.ARRIVING;
        }
      }
      case Refused refused -> refuse(refused);
      case Hangup hangup -> close();
    }
  }

  /** The work: this request and those that wait behind it in the buffer. App thread. */
  private void serve(Head first) {
    Parsed next = first;
    try {
      while (next instanceof Head head) {
        served++;
        wire.begin();
        boolean last = served >= server.settings().bounds().requests();
        Exchange exchange = new Exchange(server, wire, inbox, head, last);
        if (!exchange.run()) {
          linger();
          return;
        }
        next = parser.parse(inbox.bytes());
      }
      giveBack(next);
    } catch (IOException e) {
      LOG.debug("a connection is cut: {}", e.getMessage());
      cut();
    } catch (RuntimeException | Error e) {
      cut();
      LOG.error("a connection is cut", e);
    }
  }

  private void giveBack(Parsed next) {
    if (next instanceof Refused refused) {
      refuse(refused);
      return;
    }
    if (!server.keeps() && !parser.midway()) {
      linger();
      return;
    }
    // The order matters: as soon as the state is another, the loop may look at the rest.
    if (parser.midway()) {
      deadline = System.nanoTime() + server.settings().head().toNanos();
      state = State.ARRIVING;
    } else {
      uncount();
      deadline = System.nanoTime() + server.settings().keepAlive().toNanos();
      state = State.IDLE;
    }
    wire.giveBack();
  }

  private void refuse(Refused refused) {
    LOG.debug("refused with {}: {}", refused.status(), refused.reason());
    wire.offer(ByteBuffer.wrap(Reply.refusal(refused, server.date().now())));
    linger();
  }

  /**
   * Says that nothing more will be sent, and waits for the client to say the same. A socket that is
   * closed with unread bytes in it resets the connection, and the reset can overtake our last answer
   * and destroy it (RFC 9112 section 9.6).
   */
  private void linger() {
    uncount();
    deadline = System.nanoTime() + server.settings().linger().toNanos();
    state = State.LINGERING;
    wire.shutdownOutput();
    wire.giveBack();
  }

  private void discard() {
    try {
      int count = wire.discard();
      discarded += Math.max(0, count);
      if (count < 0 || discarded > MOST_DISCARDED) {
        close();
      }
    } catch (IOException e) {
      close();
    }
  }

  /** Once a second. Loop only. */
  void tick(long now, boolean draining) {
    if (state == State.SERVING) {
      return;
    }
    if (state == State.IDLE) {
      inbox.shrink();
      if (draining) {
        linger();
        return;
      }
    }
    if (now - deadline < 0) {
      return;
    }
    if (state == State.ARRIVING) {
      refuse(new Refused(408, "The request took too long to arrive."));
    } else {
      close();
    }
  }

  private void count() {
    if (!counted) {
      counted = true;
      server.heartbeat().begin();
    }
  }

  private void uncount() {
    if (counted) {
      counted = false;
      server.heartbeat().end();
    }
  }

  /** All that has to be given back, in one place. */
  private void close() {
    uncount();
    try {
      wire.close();
    } catch (IOException | ClosedSelectorException e) {
      LOG.trace("closing: {}", e.getMessage());
    }
  }

  /** Ends the connection so that the client cannot take a part for the whole. */
  void cut() {
    wire.resetOnClose();
    close();
    wire.wakeLoop();
  }
}
