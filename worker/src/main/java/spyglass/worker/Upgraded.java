package spyglass.worker;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.RawConnection;

/**
 * A connection that has left HTTP, and the thread that speaks whatever it speaks now. The thread is a
 * virtual one: such connections are many, live for hours and mostly wait, and the few app threads are
 * needed for requests. All waiting is done in {@link Wire}, in {@code synchronized} methods with
 * {@code wait}; since JDK 24 (JEP 491) a virtual thread gives its carrier back there too.
 */
final class Upgraded {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Outcome.Switched to;
  private final Wire wire;
  private final Farewell farewell;
  private final RawInput in;
  private final RawOutput out;

  Upgraded(Outcome.Switched to, Wire wire, Inbox inbox, Farewell farewell) {
    this.to = to;
    this.wire = wire;
    this.farewell = farewell;
    this.in = new RawInput(wire, inbox);
    this.out = new RawOutput(wire);
  }

  /** Hands the connection to its own thread; the caller must not touch it any more. */
  void start() {
    Thread.ofVirtual().name("upgraded").start(this::run);
  }

  private void run() {
    try {
      askForSignsOfLife();
      to.handler().run(new RawConnection(in, out, to.peer()));
      out.flush();
      end();
      farewell.linger();
    } catch (Throwable e) {
      end();
      farewell.cut();
      if (e instanceof IOException && (in.broken() || out.broken())) {
        LOG.debug("an upgraded connection is cut: {}", e.getMessage());
      } else {
        LOG.error("the app failed on an upgraded connection, which is cut", e);
      }
    }
  }

  /**
   * Has the kernel ask a silent client now and then whether it is still there (tcp(7), SO_KEEPALIVE):
   * one whose machine has lost its power would otherwise keep the tree awake for ever. By itself the
   * kernel asks first after two hours; after a minute is soon enough, and does not cost much.
   */
  private void askForSignsOfLife() {
    SocketChannel channel = wire.channel();
    try {
      channel.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, 60);
      channel.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, 15);
    } catch (IOException e) {
      // The client is gone already; whoever reads or writes finds that out.
    }
  }

  /** The app may have more threads that use the streams: from here on they get nothing. */
  private void end() {
    wire.lease().endInput();
    out.end();
  }
}
