package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Refused;
import spyglass.http.Reply;

/** What both engines know of one client, from accept to close. */
abstract class HttpConnection implements Session {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");
  private static final Logger EVENTS = LoggerFactory.getLogger("event.Worker");

  private final Server server;
  private final HttpParser parser;
  private final Wire wire;
  private final Inbox inbox;
  private final Phase phase;
  private final Farewell farewell;
  private final Conversation conversation;

  /**
   * A connection that nobody listens to yet.
   *
   * @param place what a thread gives up while it waits for a slow reader
   */
  HttpConnection(SocketChannel channel, SelectionKey key, Server server, App app, Place place) {
    this.server = server;
    this.parser = new HttpParser(server.settings().limits(), server.heads());
    this.wire = new Wire(channel, key, server);
    this.inbox = Inbox.forHttp(server.settings().limits(), server.memory());
    this.phase = new Phase(server.settings().clocks(), server.heartbeat());
    this.farewell = new Farewell(wire, inbox, phase);
    this.conversation = new Conversation(server, app, place, wire, inbox, parser, phase);
  }

  final Server server() {
    return server;
  }

  /** Whether a part of a head is there. */
  final boolean midway() {
    return parser.midway();
  }

  final Wire wire() {
    return wire;
  }

  final Inbox inbox() {
    return inbox;
  }

  final Phase phase() {
    return phase;
  }

  final Farewell farewell() {
    return farewell;
  }

  final Conversation conversation() {
    return conversation;
  }

  /** Begins to wait for a request's body. */
  final Gathering expect(Head head) {
    phase.enter(State.GATHERING);
    return new Gathering(head, server.settings().limits());
  }

  /** Nobody was there any more. */
  final void left() {
    if (parser.end().midway()) {
      LOG.trace("a client left in the middle of a request");
    } else {
      EVENTS.trace("a client left: it wants no more");
    }
    farewell.close();
  }

  /** Says why not, and ends in order. */
  final void refuse(Refused refused) {
    LOG.debug("refused with {}: {}", refused.status(), refused.reason());
    phase.hear();
    boolean headOnly = inbox.startsWith("HEAD ");
    wire.offer(ByteBuffer.wrap(Reply.refusal(refused, server.date().now(), headOnly)));
    farewell.linger();
  }

  final void upgrade(Outcome.Switched to) {
    phase.enter(State.UPGRADED);
    new Upgraded(to, server, wire, inbox, farewell).start();
  }

  /** The client must see that something went wrong, and it was the client or the network. */
  final void cutAfter(IOException e) {
    LOG.debug("a connection is cut: {}", e.getMessage());
    cut();
  }

  /** The same, and it was us. */
  final void cutAfter(Throwable e) {
    cut();
    LOG.error("a connection is cut", e);
    server.failed(e);
  }

  @Override
  public final void cut() {
    farewell.cut();
  }
}
