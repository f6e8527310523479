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
import spyglass.http.Parsed;
import spyglass.http.Refused;

/**
 * One HTTP client on {@code --engine loop}. The loop owns it, but an app thread while SERVING, and a
 * thread of its own while UPGRADED.
 */
final class Connection extends HttpConnection {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private @Nullable Gathering gathering;

  Connection(SocketChannel channel, SelectionKey key, Server server, App app) {
    super(channel, key, server, app, server.threads());
  }

  /** Begins to listen. Loop only. */
  void open() {
    phase().enter(State.FRESH);
    read();
  }

  @Override
  public void ready() {
    if (wire().lease().signal()) {
      return;
    }
    if (phase().is(State.LINGERING)) {
      farewell().discard();
    } else {
      read();
    }
  }

  private void read() {
    try {
      if (inbox().fill(wire().channel()) < 0) {
        leftEarly();
      } else if (phase().is(State.GATHERING)) {
        gathered(System.nanoTime());
      } else {
        arrived(conversation().next());
      }
    } catch (Inbox.NoRoomException e) {
      refuse(Inbox.NO_ROOM);
    } catch (IOException e) {
      LOG.trace("a client left: {}", e.getMessage());
      farewell().close();
    }
  }

  private void leftEarly() {
    if (phase().is(State.GATHERING)) {
      refuse(new Refused(400, "The body ended early."));
    } else {
      left();
    }
  }

  private void arrived(Parsed parsed) {
    if (parsed instanceof Head head) {
      if (Gathering.isNeedless(head)) {
        lend(head, true, false);
      } else {
        gathering = expect(head);
        gathered(System.nanoTime());
      }
    } else {
      arrivedInPart(parsed);
    }
  }

  private void arrivedInPart(Parsed parsed) {
    switch (parsed) {
      case Head head -> throw new IllegalStateException("that is whole");
      case Parsed.More more -> {
        if (conversation().isOver()) {
          farewell().linger();
        } else if (midway() && !phase().is(State.ARRIVING)) {
          phase().enter(State.ARRIVING);
        }
      }
      case Refused refused -> refuse(refused);
      case Hangup hangup -> farewell().close();
    }
  }

  /** Looks whether the app can be called for a request that has a body. Loop only. */
  private void gathered(long now) {
    Gathering waiting = Objects.requireNonNull(gathering);
    if (waiting.isWhole(inbox().bytes())) {
      lend(waiting.head(), waiting.isComplete(), false);
    } else if (waiting.isRipe(inbox().bytes(), now) && server().tryTakeSlow()) {
      lend(waiting.head(), false, true);
    } else if (waiting.isTooSlow(inbox().bytes(), server().settings(), now)) {
      refuse(new Refused(408, "The body took too long to arrive."));
    } else {
      waiting.waitOn(inbox().bytes(), wire());
    }
  }

  /** From here on the connection is an app thread's. */
  private void lend(Head head, boolean complete, boolean slow) {
    gathering = null;
    phase().enter(State.SERVING);
    wire().lease().lend();
    if (complete) {
      server().helm().soon(() -> serve(head, true, slow));
    } else {
      // The app will wait for its client: the loop need not find that out.
      server().threads().run(() -> serve(head, false, slow));
    }
  }

  /** The work. App thread, or who leads the loop. */
  private void serve(Head head, boolean complete, boolean slow) {
    try {
      Outcome outcome = conversation().answer(head, complete);
      if (outcome instanceof Outcome.End(boolean agreed)) {
        end(agreed);
      } else if (outcome instanceof Outcome.Next next) {
        giveBack(next.parsed());
      } else if (outcome instanceof Outcome.Arriving(Gathering waiting)) {
        gathering = waiting;
        phase().enter(State.GATHERING);
        wire().lease().giveBack(true);
      } else {
        upgrade((Outcome.Switched) outcome);
      }
    } catch (IOException e) {
      cutAfter(e);
    } catch (RuntimeException | Error e) {
      cutAfter(e);
    } finally {
      if (slow) {
        server().giveBackSlow();
      }
    }
  }

  private void end(boolean agreed) {
    if (agreed && farewell().isHeardOut()) {
      farewell().close();
      server().helm().nudge();
    } else {
      farewell().linger();
    }
  }

  private void giveBack(Parsed next) {
    if (next instanceof Refused refused) {
      refuse(refused);
    } else if (conversation().isOver() || (!midway() && server().isCrowded())) {
      farewell().linger();
    } else {
      phase().enter(midway() ? State.ARRIVING : State.IDLE);
      wire().lease().giveBack(false);
    }
  }

  @Override
  public void tick(long now, boolean draining) {
    if (phase().is(State.SERVING)) {
      conversation().watch(now);
      return;
    }
    if (phase().is(State.UPGRADED)) {
      if (draining) {
        wire().lease().endInput();
      }
      return;
    }
    if (wire().lease().isLent()) {
      return;
    }
    if (phase().is(State.IDLE)) {
      inbox().shrink();
      if ((draining && phase().isForsaken(now)) || phase().isOver(now)) {
        leaveIdle();
      }
    } else if (phase().is(State.GATHERING)) {
      gathered(now);
    } else if (phase().isOver(now)) {
      if (phase().is(State.ARRIVING)) {
        refuse(new Refused(408, "The request took too long to arrive."));
      } else {
        farewell().close();
      }
    }
  }

  /**
   * Ends an idle connection with care. A request may have crossed our decision on its way: one that is
   * here already is answered, and of one that comes later the client gets a clean end, not a reset, so
   * that it knows that nobody has seen it (RFC 9112 section 9.6).
   */
  private void leaveIdle() {
    read();
    if (phase().is(State.IDLE) && wire().channel().isOpen()) {
      farewell().linger();
    }
  }

  @Override
  public void makeRoom() {
    if (phase().is(State.IDLE) && !wire().lease().isLent()) {
      leaveIdle();
    }
  }
}
