package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.Hangup;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Parsed;
import spyglass.http.Refused;
import spyglass.http.Reply;

/** One client, from accept to close. The loop owns it, but an app thread while SERVING. */
final class Connection {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Server server;
  private final Inbox inbox;
  private final HttpParser parser;
  private final Wire wire;
  private final Busy busy;
  private final Conversation conversation;
  private volatile State state = State.FRESH;
  private volatile long deadline;
  private @Nullable Gathering gathering;

  Connection(SocketChannel channel, SelectionKey key, Server server) {
    this.server = server;
    this.parser = new HttpParser(server.settings().limits());
    this.wire = new Wire(channel, key, server.settings());
    this.busy = new Busy(server.heartbeat());
    this.inbox = new Inbox(server.settings().limits(), server.memory());
    this.conversation = new Conversation(server, wire, inbox, parser);
    this.deadline = System.nanoTime() + server.settings().clocks().firstByte().toNanos();
  }

  /** Begins to listen. Loop only. */
  void open() {
    busy.begin();
    read();
  }

  /** The selector says that this connection can be read, or written if that was waited for. */
  void ready() {
    if (wire.signal()) {
      return;
    }
    if (state != State.LINGERING) {
      read();
    } else if (!wire.discard()) {
      close();
    }
  }

  private void read() {
    try {
      if (inbox.fill(wire.channel()) < 0) {
        leftEarly();
      } else if (state == State.GATHERING) {
        gathered(System.nanoTime());
      } else {
        arrived(conversation.next());
      }
    } catch (Inbox.NoRoomException e) {
      refuse(Inbox.NO_ROOM);
    } catch (IOException e) {
      LOG.trace("a client left: {}", e.getMessage());
      close();
    }
  }

  private void leftEarly() {
    if (state == State.GATHERING) {
      refuse(new Refused(400, "The body ended early."));
    } else {
      LOG.trace("a client left: {}", parser.end());
      close();
    }
  }

  private void arrived(Parsed parsed) {
    switch (parsed) {
      case Head head -> {
        busy.begin();
        if (Gathering.isNeedless(head)) {
          lend(head, false);
        } else {
          gathering = new Gathering(head, server.settings().limits());
          state = State.GATHERING;
          gathered(System.nanoTime());
        }
      }
      case Parsed.More more -> {
        if (parser.midway() && state != State.ARRIVING) {
          busy.begin();
          deadline = System.nanoTime() + server.settings().clocks().head().toNanos();
          state = State.ARRIVING;
        }
      }
      case Refused refused -> refuse(refused);
      case Hangup hangup -> close();
    }
  }

  /** Looks whether the app can be called for a request that has a body. Loop only. */
  private void gathered(long now) {
    Gathering waiting = Objects.requireNonNull(gathering);
    if (waiting.isWhole(inbox.bytes())) {
      lend(waiting.head(), false);
    } else if (waiting.isRipe(inbox.bytes(), now) && server.tryTakeSlow()) {
      lend(waiting.head(), true);
    } else if (waiting.isTooSlow(inbox.bytes(), server.settings(), now)) {
      refuse(new Refused(408, "The body took too long to arrive."));
    } else {
      wire.watch(inbox.bytes().remaining() < Gathering.MOST);
    }
  }

  /** From here on the connection is an app thread's. */
  private void lend(Head head, boolean slow) {
    gathering = null;
    state = State.SERVING;
    wire.lend();
    server.threads().run(() -> serve(head, slow));
  }

  /** The work. App thread. */
  private void serve(Head head, boolean slow) {
    try {
      Parsed next = conversation.answer(head);
      if (next == null) {
        linger();
      } else {
        giveBack(next);
      }
    } catch (IOException e) {
      LOG.debug("a connection is cut: {}", e.getMessage());
      cut();
    } catch (RuntimeException | Error e) {
      cut();
      LOG.error("a connection is cut", e);
    } finally {
      if (slow) {
        server.giveBackSlow();
      }
    }
  }

  private void giveBack(Parsed next) {
    if (next instanceof Refused refused) {
      refuse(refused);
      return;
    }
    if (!server.keeps() && !parser.midway() && !(next instanceof Head)) {
      linger();
      return;
    }
    // The order matters: as soon as the state is another, the loop may look at the rest.
    if (next instanceof Head head) {
      gathering = new Gathering(head, server.settings().limits());
      state = State.GATHERING;
    } else if (parser.midway()) {
      deadline = System.nanoTime() + server.settings().clocks().head().toNanos();
      state = State.ARRIVING;
    } else {
      busy.end();
      deadline = System.nanoTime() + server.settings().clocks().keepAlive().toNanos();
      state = State.IDLE;
    }
    wire.giveBack();
  }

  private void refuse(Refused refused) {
    LOG.debug("refused with {}: {}", refused.status(), refused.reason());
    boolean headOnly = inbox.startsWith("HEAD ");
    wire.offer(Reply.refusal(refused, server.date().now(), headOnly));
    linger();
  }

  /**
   * Says that nothing more will be sent, and waits for the client to say the same. A socket that is
   * closed with unread bytes in it resets the connection, and the reset can overtake our last answer
   * and destroy it (RFC 9112 section 9.6).
   */
  private void linger() {
    busy.end();
    deadline = System.nanoTime() + server.settings().clocks().linger().toNanos();
    state = State.LINGERING;
    inbox.clear();
    wire.shutdownOutput();
    wire.giveBack();
  }

  /** Once a second. Loop only. */
  void tick(long now, boolean draining) {
    if (state == State.SERVING) {
      conversation.watch(now);
      return;
    }
    if (state == State.IDLE) {
      inbox.shrink();
      if (draining) {
        linger();
        return;
      }
    }
    if (state == State.GATHERING) {
      gathered(now);
      return;
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

  /** All that has to be given back, in one place. */
  private void close() {
    busy.end();
    inbox.clear();
    try {
      wire.close();
    } catch (IOException e) {
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
