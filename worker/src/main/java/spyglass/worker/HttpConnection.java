package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
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
 * One HTTP client, from accept to close. The loop owns it, but an app thread while SERVING, and a
 * thread of its own while UPGRADED.
 */
final class HttpConnection implements Session {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");
  private static final Logger EVENTS = LoggerFactory.getLogger("event.Worker");

  private final Server server;
  private final HttpParser parser;
  private final Wire wire;
  private final Inbox inbox;
  private final Phase phase;
  private final Farewell farewell;
  private final Conversation conversation;

  private @Nullable Gathering gathering;

  /** A connection that nobody listens to yet. */
  HttpConnection(SocketChannel channel, SelectionKey key, Server server, App app) {
    this.server = server;
    this.parser = new HttpParser(server.settings().limits(), server.heads());
    this.wire = new Wire(channel, key, server);
    this.inbox = Inbox.forHttp(server.settings().limits(), server.memory());
    this.phase = new Phase(server.settings().clocks(), server.heartbeat());
    this.farewell = new Farewell(wire, inbox, phase);
    this.conversation = new Conversation(server, app, wire, inbox, parser, phase);
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
        left();
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

  private void left() {
    if (phase.is(State.GATHERING)) {
      refuse(new Refused(400, "The body ended early."));
      return;
    }
    if (parser.end().midway()) {
      LOG.trace("a client left in the middle of a request");
    } else {
      EVENTS.trace("a client left: it wants no more");
    }
    farewell.close();
  }

  /** Says why not, and ends in order. */
  private void refuse(Refused refused) {
    LOG.debug("refused with {}: {}", refused.status(), refused.reason());
    phase.hear();
    boolean headOnly = inbox.startsWith("HEAD ");
    wire.offer(ByteBuffer.wrap(Reply.refusal(refused, server.date().now(), headOnly)));
    farewell.linger();
  }

  private void arrived(Parsed parsed) {
    if (parsed instanceof Head head && Gathering.isNeedless(head)) {
      lend(head, true, false);
    } else if (parsed instanceof Head head) {
      phase.enter(State.GATHERING);
      gathering = new Gathering(head, server.settings().limits());
      gathered(System.nanoTime());
    } else if (parsed instanceof Refused refused) {
      refuse(refused);
    } else if (parsed instanceof Hangup) {
      farewell.close();
    } else if (conversation.isOver()) {
      farewell.linger();
    } else if (parser.midway() && !phase.is(State.ARRIVING)) {
      phase.enter(State.ARRIVING);
    }
  }

  /** Looks whether the app can be called for a request that has a body. Loop only. */
  private void gathered(long now) {
    Gathering waiting = Objects.requireNonNull(gathering);
    if (waiting.isWhole(inbox.bytes())) {
      lend(waiting.head(), waiting.isComplete(), false);
    } else if (waiting.isRipe(inbox.bytes(), now) && server.tryTakeSlow()) {
      lend(waiting.head(), false, true);
    } else if (waiting.isTooSlow(inbox.bytes(), server.settings(), now)) {
      refuse(new Refused(408, "The body took too long to arrive."));
    } else {
      waiting.waitOn(inbox.bytes(), wire);
    }
  }

  /** From here on the connection is an app thread's. */
  private void lend(Head head, boolean complete, boolean slow) {
    gathering = null;
    phase.enter(State.SERVING);
    wire.lease().lend();
    if (complete) {
      server.helm().soon(() -> serve(head, true, slow));
    } else {
      // The app will wait for its client: the loop need not find that out.
      server.threads().run(() -> serve(head, false, slow));
    }
  }

  /** The work. App thread, or who leads the loop. */
  private void serve(Head head, boolean complete, boolean slow) {
    try {
      Outcome outcome = conversation.answer(head, complete);
      if (outcome instanceof Outcome.End(boolean agreed)) {
        end(agreed);
      } else if (outcome instanceof Outcome.Next next) {
        giveBack(next.parsed());
      } else if (outcome instanceof Outcome.Arriving(Gathering waiting)) {
        gathering = waiting;
        phase.enter(State.GATHERING);
        wire.lease().giveBack(true);
      } else {
        phase.enter(State.UPGRADED);
        new Upgraded((Outcome.Switched) outcome, server, wire, inbox, farewell).start();
      }
    } catch (IOException e) {
      // The client must see that something went wrong, and it was the client or the network.
      LOG.debug("a connection is cut: {}", e.getMessage());
      cut();
    } catch (RuntimeException | Error e) {
      cut();
      LOG.error("a connection is cut", e);
      server.failed(e);
    } finally {
      if (slow) {
        server.giveBackSlow();
      }
    }
  }

  private void end(boolean agreed) {
    if (agreed && farewell.isHeardOut()) {
      farewell.close();
      server.helm().nudge();
    } else {
      farewell.linger();
    }
  }

  private void giveBack(Parsed next) {
    if (next instanceof Refused refused) {
      refuse(refused);
    } else if (conversation.isOver() || (!parser.midway() && server.isCrowded())) {
      farewell.linger();
    } else {
      phase.enter(parser.midway() ? State.ARRIVING : State.IDLE);
      wire.lease().giveBack(false);
    }
  }

  @Override
  public void tick(long now, boolean draining) {
    if (phase.is(State.SERVING)) {
      conversation.watch(now);
    } else if (draining && phase.is(State.UPGRADED)) {
      wire.lease().endInput();
    }
    if (wire.lease().isLent()) {
      return;
    }
    if (phase.is(State.IDLE)) {
      inbox.shrink();
      if ((draining && phase.isForsaken(now)) || phase.isOver(now)) {
        leaveIdle();
      }
    } else if (phase.is(State.GATHERING)) {
      gathered(now);
    } else if (phase.isOver(now) && phase.is(State.ARRIVING)) {
      refuse(new Refused(408, "The request took too long to arrive."));
    } else if (phase.isOver(now)) {
      farewell.close();
    }
  }

  /**
   * Ends an idle connection with care. A request may have crossed our decision on its way: one that is
   * here already is answered, and of one that comes later the client gets a clean end, not a reset, so
   * that it knows that nobody has seen it (RFC 9112 section 9.6).
   */
  private void leaveIdle() {
    read();
    if (phase.is(State.IDLE) && wire.channel().isOpen()) {
      farewell.linger();
    }
  }

  @Override
  public void makeRoom() {
    if (phase.is(State.IDLE) && !wire.lease().isLent()) {
      leaveIdle();
    }
  }

  @Override
  public void cut() {
    farewell.cut();
  }
}
