package spyglass.worker;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.protocol.Link;
import spyglass.protocol.Message;

/** What a message can do with its connection: write, and end it. Any thread. */
final class ProtocolLink implements Link {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Server server;
  private final SocketChannel channel;
  private final SocketAddress peer;
  private final Outbox outbox;
  private final Runnable settle;
  private volatile boolean leaving;

  /**
   * The link of an open connection.
   *
   * @param watch watches the channel
   * @param settle called when nothing more is to be read or executed; any thread
   */
  ProtocolLink(SocketChannel channel, Watch watch, Server server, Runnable settle)
      throws IOException {
    this.server = server;
    this.channel = channel;
    this.peer = channel.getRemoteAddress();
    this.settle = settle;
    Settings settings = server.settings();
    Pace pace = new Pace(settings.clocks().stall(), settings.bounds().leastRate());
    this.outbox = new Outbox(channel, watch, settings.bounds().outbox(), pace, server.threads());
  }

  /** Whether nothing more is to be read or executed. */
  boolean isLeaving() {
    return leaving;
  }

  /** Has a message do what it wants. The connection may be gone by then, and then it is dropped. */
  void execute(Message message) {
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

  /** What is still to be sent. */
  Outbox outbox() {
    return outbox;
  }

  /** Gives the channel back. For the owner, once. */
  void release() {
    leaving = true;
    try {
      channel.close();
    } catch (IOException e) {
      LOG.trace("{}: closing: {}", peer, e.getMessage());
    }
    server.closed(channel);
    outbox.close();
  }

  @Override
  public SocketAddress peer() {
    return peer;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    outbox.write(bytes);
  }

  @Override
  public boolean offer(byte[] bytes) {
    return outbox.offer(bytes);
  }

  @Override
  public boolean hasRoom(int bytes) {
    return outbox.hasRoom(bytes);
  }

  @Override
  public void close() {
    leaving = true;
    try {
      outbox.end();
    } catch (IOException e) {
      LOG.trace("{}: a client left: {}", peer, e.getMessage());
    }
    settle.run();
  }

  /** Ends the connection in the middle of what it says. */
  void cut() {
    leaving = true;
    try {
      Sockets.resetOnClose(channel);
      channel.close();
    } catch (IOException e) {
      LOG.trace("{}: closing: {}", peer, e.getMessage());
    }
    outbox.close();
    settle.run();
  }
}
