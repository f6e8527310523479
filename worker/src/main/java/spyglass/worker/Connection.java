package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.http.Hangup;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Parsed;
import spyglass.http.Refused;
import spyglass.http.Reply;

/**
 * One client, from accept to close. The loop owns it, but an app thread while SERVING, and a thread
 * of its own while UPGRADED.
 */
final class Connection implements Session {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Server server;
  private final Inbox inbox;
  private final HttpParser parser;
  private final Wire wire;
  private final Phase phase;
  private final Farewell farewell;
  private final Conversation conversation;
  private @Nullable Gathering gathering;

  Connection(SocketChannel channel, SelectionKey key, Server server, App app) {
    this.server = server;
    this.parser = new HttpParser(server.settings().limits());
    this.wire = new Wire(channel, key, server);
    this.phase = new Phase(server.settings().clocks(), server.heartbeat());
    this.inbox = Inbox.forHttp(server.settings().limits(), server.memory());
    this.farewell = new Farewell(wire, inbox, phase);
    this.conversation = new Conversation(server, app, server.threads(), wire, inbox, parser);
  }

  /** Begins to listen. Loop only. */
  void open() {
    phase.enter(State.FRESH);
    read();
  }

  @Override
  public void ready() {
    if (wire.lease().signal()) {
      return;
    }
    if (phase.is(State.LINGERING)) {
      farewell.discard();
    } else {
      read();
    }
  }

  private void read() {
    try {
      if (inbox.fill(wire.channel()) < 0) {
        leftEarly();
      } else if (phase.is(State.GATHERING)) {
        gathered(System.nanoTime());
      } else {
        arrived(conversation.next());
      }
    } catch (Inbox.NoRoomException e) {
      refuse(Inbox.NO_ROOM);
    } catch (IOException e) {
      LOG.trace("a client left: {}", e.getMessage());
      farewell.close();
    }
  }

  private void leftEarly() {
    if (phase.is(State.GATHERING)) {
      refuse(new Refused(400, "The body ended early."));
    } else {
      LOG.trace("a client left: {}", parser.end());
      farewell.close();
    }
  }

  private void arrived(Parsed parsed) {
    switch (parsed) {
      case Head head -> {
        if (Gathering.isNeedless(head)) {
          lend(head, false);
        } else {
          gathering = new Gathering(head, server.settings().limits());
          phase.enter(State.GATHERING);
          gathered(System.nanoTime());
        }
      }
      case Parsed.More more -> {
        if (parser.midway() && !phase.is(State.ARRIVING)) {
          phase.enter(State.ARRIVING);
        }
      }
      case Refused refused -> refuse(refused);
      case Hangup hangup -> farewell.close();
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
      waiting.waitOn(inbox.bytes(), wire);
    }
  }

  /** From here on the connection is an app thread's. */
  private void lend(Head head, boolean slow) {
    gathering = null;
    phase.enter(State.SERVING);
    wire.lease().lend();
    server.threads().run(() -> serve(head, slow));
  }

  /** The work. App thread. */
  private void serve(Head head, boolean slow) {
    try {
      switch (conversation.answer(head)) {
        case Outcome.End end -> farewell.linger();
        case Outcome.Next next -> giveBack(next.parsed());
        case Outcome.Switched to -> {
          phase.enter(State.UPGRADED);
          new Upgraded(to, wire, inbox, farewell).start();
        }
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
      farewell.linger();
      return;
    }
    if (next instanceof Head head) {
      gathering = new Gathering(head, server.settings().limits());
      phase.enter(State.GATHERING);
    } else {
      phase.enter(parser.midway() ? State.ARRIVING : State.IDLE);
    }
    wire.lease().giveBack(phase.is(State.GATHERING));
  }

  private void refuse(Refused refused) {
    LOG.debug("refused with {}: {}", refused.status(), refused.reason());
    boolean headOnly = inbox.startsWith("HEAD ");
    wire.offer(Reply.refusal(refused, server.date().now(), headOnly));
    farewell.linger();
  }

  @Override
  public void tick(long now, boolean draining) {
    if (phase.is(State.SERVING)) {
      conversation.watch(now);
      return;
    }
    if (phase.is(State.UPGRADED)) {
      if (draining) {
        wire.lease().endInput();
      }
      return;
    }
    if (wire.lease().isLent()) {
      return;
    }
    if (phase.is(State.IDLE)) {
      inbox.shrink();
      if (draining) {
        farewell.linger();
        return;
      }
    }
    if (phase.is(State.GATHERING)) {
      gathered(now);
      return;
    }
    if (!phase.isOver(now)) {
      return;
    }
    if (phase.is(State.ARRIVING)) {
      refuse(new Refused(408, "The request took too long to arrive."));
    } else {
      farewell.close();
    }
  }

  @Override
  public void makeRoom() {
    if (phase.is(State.IDLE)) {
      farewell.linger();
    }
  }

  @Override
  public void cut() {
    farewell.cut();
  }
}
