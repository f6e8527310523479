package spyglass.worker;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
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
 * One HTTP client on {@code --engine thread}: what {@link Connection} does bit by bit, whenever the
 * selector calls, told from the beginning to the end by one virtual thread.
 */
final class BlockingConnection implements Session {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Server server;
  private final HttpParser parser;
  private final Wire wire;
  private final Inbox inbox;
  private final Phase phase;
  private final Farewell farewell;
  private final Conversation conversation;

  BlockingConnection(SocketChannel channel, SelectionKey key, Server server, App app) {
    this.server = server;
    this.parser = new HttpParser(server.settings().limits());
    this.wire = new Wire(channel, key, server);
    this.phase = new Phase(server.settings().clocks(), server.heartbeat());
    this.inbox = Inbox.forHttp(server.settings().limits(), server.memory());
    this.farewell = new Farewell(wire, inbox, phase);
    this.conversation = new Conversation(server, app, server.slots(), wire, inbox, parser);
  }

  /** Begins to listen, on a thread of its own. Loop only. */
  void start() {
    phase.enter(State.FRESH);
    wire.lease().lend();
    Thread.ofVirtual().name("connection").start(this::run);
  }

  private void run() {
    try {
      Parsed next = conversation.next();
      while (next != null) {
        next =
            switch (next) {
              case Parsed.More more -> more();
              case Head head -> request(head);
              case Refused refused -> refuse(refused);
              case Hangup hangup -> close();
            };
      }
    } catch (Inbox.NoRoomException e) {
      refuse(Inbox.NO_ROOM);
    } catch (IOException e) {
      LOG.debug("a connection is cut: {}", e.getMessage());
      cut();
    } catch (RuntimeException | Error e) {
      cut();
      LOG.error("a connection is cut", e);
    }
  }

  /** Waits for more of a head. */
  private @Nullable Parsed more() throws IOException {
    if (parser.midway() && !phase.is(State.ARRIVING)) {
      phase.enter(State.ARRIVING);
    }
    if (phase.is(State.IDLE)) {
      inbox.shrink();
    }
    try {
      while (server.keeps() || !phase.is(State.IDLE)) {
        int count = wire.read(inbox, phase.deadline());
        if (count < 0) {
          LOG.trace("a client left: {}", parser.end());
          return close();
        }
        if (count > 0) {
          return conversation.next();
        }
      }
      return linger();
    } catch (SocketTimeoutException e) {
      return phase.is(State.ARRIVING)
          ? refuse(new Refused(408, "The request took too long to arrive."))
          : close();
    }
  }

  /** Waits for a body, has the app answer, and says what comes next; null when it is over. */
  private @Nullable Parsed request(Head head) throws IOException {
    Gathered gathered = gather(head);
    if (gathered == Gathered.NEVER) {
      return null;
    }
    phase.enter(State.SERVING);
    server.slots().take();
    try {
      return switch (conversation.answer(head)) {
        case Outcome.End end -> linger();
        case Outcome.Next next -> after(next.parsed());
        case Outcome.Switched to -> {
          phase.enter(State.UPGRADED);
          new Upgraded(to, wire, inbox, farewell).start();
          yield null;
        }
      };
    } finally {
      server.slots().giveBack();
      if (gathered == Gathered.SLOWLY) {
        server.giveBackSlow();
      }
    }
  }

  private enum Gathered {
    WHOLE,
    SLOWLY,
    NEVER
  }

  /** Waits for a body as long as {@link Gathering} would. */
  private Gathered gather(Head head) throws IOException {
    if (Gathering.isNeedless(head)) {
      return Gathered.WHOLE;
    }
    Gathering waiting = new Gathering(head, server.settings().limits());
    phase.enter(State.GATHERING);
    while (!waiting.isWhole(inbox.bytes())) {
      long now = System.nanoTime();
      if (inbox.bytes().remaining() >= Gathering.MOST) {
        server.takeSlow();
        return Gathered.SLOWLY;
      }
      if (waiting.isRipe(inbox.bytes(), now) && server.tryTakeSlow()) {
        return Gathered.SLOWLY;
      }
      if (waiting.isTooSlow(inbox.bytes(), server.settings(), now)) {
        refuse(new Refused(408, "The body took too long to arrive."));
        return Gathered.NEVER;
      }
      waiting.waitOn(inbox.bytes(), wire);
      if (await(now + Gathering.QUIET_NANOS) < 0) {
        refuse(new Refused(400, "The body ended early."));
        return Gathered.NEVER;
      }
    }
    return Gathered.WHOLE;
  }

  private int await(long until) throws IOException {
    try {
      return wire.read(inbox, until);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  private @Nullable Parsed after(Parsed next) {
    boolean quiet = next instanceof Parsed.More && !parser.midway();
    if (quiet && !server.keeps()) {
      return linger();
    }
    if (quiet) {
      phase.enter(State.IDLE);
    }
    return next;
  }

  private @Nullable Parsed refuse(Refused refused) {
    LOG.debug("refused with {}: {}", refused.status(), refused.reason());
    wire.offer(Reply.refusal(refused, server.date().now(), inbox.startsWith("HEAD ")));
    return linger();
  }

  private @Nullable Parsed linger() {
    farewell.linger();
    return null;
  }

  private @Nullable Parsed close() {
    farewell.close();
    wire.lease().wakeLoop();
    return null;
  }

  @Override
  public void ready() {
    if (!wire.lease().signal()) {
      farewell.discard();
    }
  }

  @Override
  public void tick(long now, boolean draining) {
    if (phase.is(State.SERVING)) {
      conversation.watch(now);
    } else if (draining && phase.is(State.UPGRADED)) {
      wire.lease().endInput();
    } else if (draining && phase.is(State.IDLE)) {
      wire.lease().wake();
    } else if (phase.is(State.LINGERING) && phase.isOver(now)) {
      farewell.close();
    }
  }

  @Override
  public void makeRoom() {
    if (phase.is(State.IDLE)) {
      wire.lease().wake();
    }
  }

  @Override
  public void cut() {
    farewell.cut();
  }
}
