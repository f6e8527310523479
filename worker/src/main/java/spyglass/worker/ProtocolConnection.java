package spyglass.worker;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/**
 * What both engines know of a connection that speaks a protocol other than HTTP. It holds the tree
 * awake as long as it is open: what a silent client waits for, only its protocol knows.
 */
abstract class ProtocolConnection implements Session, Link {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Server server;
  private final SocketChannel channel;
  private final Watch watch;
  private final SocketAddress peer;
  private final Inbox inbox;
  private final Outbox outbox;
  private final ProtocolHandler handler;
  private final Busy busy;
  private volatile boolean leaving;
  private volatile boolean heard;

  ProtocolConnection(
      SocketChannel channel, SelectionKey key, Server server, Place place, Protocol protocol)
      throws IOException {
    this.server = server;
    this.channel = channel;
    this.watch = new Watch(key);
    this.peer = channel.getRemoteAddress();
    Settings settings = server.settings();
    this.inbox = new Inbox(settings.bounds().message(), server.memory());
    Pace pace = new Pace(settings.clocks().stall(), settings.bounds().leastRate());
    this.outbox = new Outbox(channel, watch, settings.bounds().outbox(), pace, place);
    Sockets.askForSignsOfLife(channel);
    this.handler = protocol.open(this);
    this.busy = new Busy(server.heartbeat());
    busy.begin();
  }

  final Server server() {
    return server;
  }

  final SocketChannel channel() {
    return channel;
  }

  final Watch watch() {
    return watch;
  }

  final Inbox inbox() {
    return inbox;
  }

  final Outbox outbox() {
    return outbox;
  }

  final ProtocolHandler handler() {
    return handler;
  }

  /** Gives what has come to the handler. */
  final void feed(Consumer<Message> messages) throws ProtocolException {
    heard = true;
    int before = inbox.bytes().remaining();
    handler.received(inbox.bytes(), messages);
    if (inbox.bytes().remaining() == before && inbox.isAtMost()) {
      throw new ProtocolException("a message is longer than --max-message");
    }
  }

  /** What becomes of a client's mistake: it is told, in its turn, and that was it. */
  final Message farewell(ProtocolException mistake) {
    LOG.debug("{}: {}", peer, mistake.getMessage());
    return link -> {
      if (mistake.farewell().length > 0) {
        link.write(mistake.farewell());
      }
      link.close();
    };
  }

  /** Has a message do what it wants. The connection may be gone by then, and then it is dropped. */
  final void execute(Message message) {
    if (leaving) {
      return;
    }
    try {
      message.execute(this);
      server.heartbeat().served();
    } catch (IOException e) {
      LOG.debug("{}: the connection is cut: {}", peer, e.getMessage());
      cut();
    } catch (Throwable e) {
      LOG.error("{}: a message failed, the connection is cut", peer, e);
      cut();
      server.failed(e);
    }
  }

  /** Whether nothing more is to be read or executed. */
  final boolean isLeaving() {
    return leaving;
  }

  @Override
  public final SocketAddress peer() {
    return peer;
  }

  @Override
  public final void write(byte[] bytes) throws IOException {
    outbox.write(bytes);
  }

  @Override
  public final boolean offer(byte[] bytes) {
    return outbox.offer(bytes);
  }

  @Override
  public final boolean hasRoom(int bytes) {
    return outbox.hasRoom(bytes);
  }

  @Override
  public final void close() {
    leaving = true;
    try {
      outbox.end();
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", peer, e.getMessage());
    }
    settle();
  }

  @Override
  public final void cut() {
    leaving = true;
    try {
      Sockets.resetOnClose(channel);
      channel.close();
    } catch (IOException e) {
      LOG.trace("{}: closing: {}", peer, e.getMessage());
    }
    outbox.close();
    settle();
  }

  /** Has whoever owns the connection look whether it is at its end. Any thread. */
  abstract void settle();

  /** The end: gives back all that it had. For the owner, once. */
  final void release() {
    leaving = true;
    try {
      channel.close();
    } catch (IOException e) {
      LOG.trace("{}: closing: {}", peer, e.getMessage());
    }
    server.closed(channel);
    outbox.close();
    inbox.clear();
    // One that said nothing was no visit.
    busy.end(heard);
    try {
      handler.closed();
    } catch (RuntimeException | Error e) {
      LOG.error("{}: the handler failed at the end of its connection", peer, e);
    }
  }
}
