package spyglass.protocol;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import spyglass.protocol.ProtocolLint.Clause;

/** A handler that watches both itself and the server that calls it. */
final class LintHandler implements ProtocolHandler {

  private final ProtocolHandler handler;
  private final LintLink link;
  private byte[] left = new byte[0];
  private boolean over;
  private boolean closed;

  /** How many messages were handed over. */
  private int found;

  /** Twice the number of the message whose turn it is, and one more while it is executed. */
  private final AtomicInteger turn = new AtomicInteger();

  LintHandler(ProtocolHandler handler, LintLink link) {
    this.handler = handler;
    this.link = link;
  }

  /** What each of the two methods does that find messages. */
  @FunctionalInterface
  private interface Search {
    void run(Consumer<Message> messages) throws ProtocolException;
  }

  @Override
  public void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    search("received", messages, found -> receive(bytes, found));
  }

  private void receive(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    int from = bytes.position();
    int to = bytes.limit();
    boolean there =
        bytes.remaining() >= left.length
            && bytes.slice(from, left.length).equals(ByteBuffer.wrap(left));
    Clause.LEFT_STAYS.unless(there, left.length + " bytes were left, they are not among these");
    try {
      handler.received(bytes, messages);
    } catch (ProtocolException e) {
      over = true;
      throw e;
    } finally {
      boolean onwards = bytes.position() >= from && bytes.limit() == to;
      String now = from + " to " + to + " became " + bytes.position() + " to " + bytes.limit();
      Clause.FROM_THE_FRONT.unless(onwards, now);
    }
    left = new byte[bytes.remaining()];
    bytes.get(bytes.position(), left);
  }

  @Override
  public void ended(Consumer<Message> messages) {
    try {
      search("ended", messages, handler::ended);
    } catch (ProtocolException e) {
      throw new AssertionError(e); // ended declares none
    } finally {
      over = true;
    }
  }

  private void search(String method, Consumer<Message> messages, Search search)
      throws ProtocolException {
    link.enter(method);
    AtomicBoolean returned = new AtomicBoolean();
    try {
      Clause.CLOSED_LAST.unless(!closed, method + " after closed");
      Clause.ENDED_ONCE.unless(!over, method + " after the end");
      search.run(message -> {
        Clause.IN_TIME.unless(!returned.get(), "a message after " + method + " has returned");
        messages.accept(numbered(found++, message));
      });
    } finally {
      returned.set(true);
      link.leave();
    }
  }

  private Message numbered(int number, Message message) {
    return unwatched -> {
      int now = turn.compareAndExchange(2 * number, 2 * number + 1);
      Clause.IN_ORDER.unless(
          now == 2 * number, "message " + number + " in the turn of message " + now / 2);
      try {
        message.execute(link);
      } finally {
        turn.set(2 * number + 2);
      }
    };
  }

  @Override
  public void closed() {
    link.enter("closed");
    try {
      Clause.CLOSED_LAST.unless(!closed, "closed a second time");
      closed = true;
      handler.closed();
    } finally {
      link.leave();
    }
  }
}
