package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a connection ends: in order, with a reset, or because nobody is there any more. */
final class Farewell {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /**
   * What a lingering connection may still send before it is closed all the same. Much, because many
   * clients look for an answer only when they have sent all they have, and take a reset for a failure.
   */
  private static final int MOST_DISCARDED = 64 << 20;

  private final Wire wire;
  private final Inbox inbox;
  private final Phase phase;
  private int discarded;

  Farewell(Wire wire, Inbox inbox, Phase phase) {
    this.wire = wire;
    this.inbox = inbox;
    this.phase = phase;
  }

  /**
   * Says that nothing more will be sent, and waits for the client to say the same. A socket that is
   * closed with unread bytes in it resets the connection, and the reset can overtake our last answer
   * and destroy it (RFC 9112 section 9.6).
   */
  void linger() {
    inbox.clear();
    phase.enter(State.LINGERING);
    wire.shutdownOutput();
    wire.lease().giveBack(false);
  }

  /**
   * Whether nothing is there that the client has sent and nobody has read: then, if it has told that
   * it sends nothing more either, there is nothing to linger for.
   */
  boolean isHeardOut() {
    try {
      return !inbox.bytes().hasRemaining() && inbox.fill(wire.channel()) <= 0;
    } catch (IOException e) {
      return true;
    }
  }

  /** Throws away what a client says that we have taken our leave of. Loop only. */
  void discard() {
    try {
      int count = wire.channel().read(ByteBuffer.allocate(8 << 10));
      discarded += Math.max(0, count);
      if (count < 0 || discarded > MOST_DISCARDED) {
        close();
      }
    } catch (IOException e) {
      close();
    }
  }

  /** All that has to be given back, in one place. */
  void close() {
    phase.end();
    inbox.clear();
    try {
      wire.close();
    } catch (IOException e) {
      LOG.trace("closing: {}", e.getMessage());
    }
  }

  /**
   * Ends the connection so that the client cannot take a part for the whole. One that lingers has been
   * sent the whole, which a reset could destroy on its way.
   */
  void cut() {
    try {
      if (!phase.is(State.LINGERING)) {
        Sockets.resetOnClose(wire.channel());
      }
    } catch (IOException e) {
      // The client is gone already.
    }
    close();
    wire.lease().wakeLoop();
  }
}
