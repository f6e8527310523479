package spyglass.worker;

import java.io.IOException;
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
  private final Server server;
  private final Wire wire;
  private final Farewell farewell;
  private final RawInput in;
  private final RawOutput out;

  Upgraded(Outcome.Switched to, Server server, Wire wire, Inbox inbox, Farewell farewell) {
    this.to = to;
    this.server = server;
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
      Sockets.askForSignsOfLife(wire.channel());
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
        server.failed(e);
      }
    }
  }

  /** The app may have more threads that use the streams: from here on they get nothing. */
  private void end() {
    wire.lease().endInput();
    out.end();
  }
}
