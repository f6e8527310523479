package spyglass.worker;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import spyglass.http.App;
import spyglass.http.Hangup;
import spyglass.http.Head;
import spyglass.http.Parsed;
import spyglass.http.Refused;

/**
 * One HTTP client on {@code --engine thread}: what {@link Connection} does bit by bit, whenever the
 * selector calls, told from the beginning to the end by one virtual thread.
 */
final class BlockingConnection extends HttpConnection {

  /** Of a request whose body is still on its way, when somebody has looked at it already. */
  private @Nullable Gathering gathering;

  BlockingConnection(SocketChannel channel, SelectionKey key, Server server, App app) {
    super(channel, key, server, app, server.slots());
  }

  /** Begins to listen, on a thread of its own. Loop only. */
  void start() {
    phase().enter(State.FRESH);
    wire().lease().lend();
    Thread.ofVirtual().name("connection").start(this::run);
  }

  private void run() {
    try {
      Parsed next = conversation().next();
      while (next != null) {
        next =
            switch (next) {
              case Parsed.More more -> more();
              case Head head -> request(head);
              case Refused refused -> end(refused);
              case Hangup hangup -> close();
            };
      }
    } catch (Inbox.NoRoomException e) {
      refuse(Inbox.NO_ROOM);
    } catch (IOException e) {
      cutAfter(e);
    } catch (RuntimeException | Error e) {
      cutAfter(e);
    }
  }

  /** Waits for more of a head. */
  private @Nullable Parsed more() throws IOException {
    if (midway() && !phase().is(State.ARRIVING)) {
      phase().enter(State.ARRIVING);
    }
    if (phase().is(State.IDLE)) {
      inbox().shrink();
    }
    try {
      while (!conversation().isOver() && !isToLeave()) {
        int count = wire().read(inbox(), phase().deadline());
        if (count < 0) {
          left();
          wire().lease().wakeLoop();
          return null;
        }
        if (count > 0) {
          return conversation().next();
        }
      }
      return linger();
    } catch (SocketTimeoutException e) {
      return switch (phase().state()) {
        case ARRIVING -> end(new Refused(408, "The request took too long to arrive."));
        case IDLE -> linger();
        case FRESH, GATHERING, SERVING, UPGRADED, LINGERING -> close();
      };
    }
  }

  private boolean isToLeave() {
    boolean forsaken = server().isDraining() && phase().isForsaken(System.nanoTime());
    return forsaken || (phase().is(State.IDLE) && server().isCrowded());
  }

  /** Waits for a body, has the app answer, and says what comes next; null when it is over. */
  private @Nullable Parsed request(Head head) throws IOException {
    if (Gathering.isNeedless(head)) {
      return serve(head, true);
    }
    Gathering waiting = gathering == null ? expect(head) : gathering;
    gathering = null;
    return switch (gather(waiting)) {
      case WHOLE -> serve(head, waiting.isComplete());
      case SLOWLY -> {
        try {
          yield serve(head, false);
        } finally {
          server().giveBackSlow();
        }
      }
      case NEVER -> null;
    };
  }

  private @Nullable Parsed serve(Head head, boolean complete) throws IOException {
    phase().enter(State.SERVING);
    server().slots().take();
    try {
      return switch (conversation().answer(head, complete)) {
        case Outcome.End end -> linger();
        case Outcome.Next next -> after(next.parsed());
        case Outcome.Arriving(Gathering waiting) -> {
          gathering = waiting;
          phase().enter(State.GATHERING);
          yield waiting.head();
        }
        case Outcome.Switched to -> {
          upgrade(to);
          yield null;
        }
      };
    } finally {
      server().slots().giveBack();
    }
  }

  private enum Gathered {
    WHOLE,
    SLOWLY,
    NEVER
  }

  /** Waits for a body as long as {@link Gathering} would. */
  private Gathered gather(Gathering waiting) throws IOException {
    while (!waiting.isWhole(inbox().bytes())) {
      long now = System.nanoTime();
      if (inbox().bytes().remaining() >= Gathering.MOST) {
        server().takeSlow();
        return Gathered.SLOWLY;
      }
      if (waiting.isRipe(inbox().bytes(), now) && server().tryTakeSlow()) {
        return Gathered.SLOWLY;
      }
      if (waiting.isTooSlow(inbox().bytes(), server().settings(), now)) {
        refuse(new Refused(408, "The body took too long to arrive."));
        return Gathered.NEVER;
      }
      waiting.waitOn(inbox().bytes(), wire());
      if (await(now + Gathering.QUIET_NANOS) < 0) {
        refuse(new Refused(400, "The body ended early."));
        return Gathered.NEVER;
      }
    }
    return Gathered.WHOLE;
  }

  private int await(long until) throws IOException {
    try {
      return wire().read(inbox(), until);
    } catch (SocketTimeoutException e) {
      return 0;
    }
  }

  private @Nullable Parsed after(Parsed next) {
    boolean quiet = next instanceof Parsed.More && !midway();
    if (quiet && server().isCrowded()) {
      return linger();
    }
    if (quiet) {
      phase().enter(State.IDLE);
    }
    return next;
  }

  private @Nullable Parsed end(Refused refused) {
    refuse(refused);
    return null;
  }

  private @Nullable Parsed linger() {
    farewell().linger();
    return null;
  }

  private @Nullable Parsed close() {
    farewell().close();
    wire().lease().wakeLoop();
    return null;
  }

  @Override
  public void ready() {
    if (!wire().lease().signal()) {
      farewell().discard();
    }
  }

  @Override
  public void tick(long now, boolean draining) {
    if (phase().is(State.SERVING)) {
      conversation().watch(now);
    } else if (draining && phase().is(State.UPGRADED)) {
      wire().lease().endInput();
    } else if (draining && phase().isForsaken(now)) {
      wire().lease().wake();
    } else if (phase().is(State.LINGERING) && phase().isOver(now)) {
      farewell().close();
    }
  }

  @Override
  public void makeRoom() {
    if (phase().is(State.IDLE)) {
      wire().lease().wake();
    }
  }
}
