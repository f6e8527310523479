package spyglass.worker;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Limits;
import spyglass.http.Parsed;
import spyglass.http.Refused;
import spyglass.http.Reply;

/** The requests of one connection, one after another, answered in their order. */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final Refused LATE = new Refused(503, "The app took too long.");

  private final Server server;
  private final App app;
  private final Place place;
  private final Wire wire;
  private final Inbox inbox;
  private final Opening opening;
  private int answered;
  private volatile @Nullable Turn turn;

  Conversation(Server server, App app, Place place, Wire wire, Inbox inbox, HttpParser parser) {
    this.server = server;
    this.app = app;
    this.place = place;
    this.wire = wire;
    this.inbox = inbox;
    this.opening = new Opening(parser, wire, server.settings().proxyProtocol());
  }

  /**
   * Answers a request and those that wait whole behind it in the inbox. On an app thread.
   *
   * @return what becomes of the connection
   * @throws IOException when the client must see that something went wrong
   */
  Outcome answer(Head first) throws IOException {
    Parsed next = first;
    do {
      Outcome outcome = answerOne((Head) next);
      if (outcome != null) {
        return outcome;
      }
      next = next();
    } while (next instanceof Head head && isWhole(head));
    return new Outcome.Next(next);
  }

  /** Null when the connection goes on with what is in the inbox. */
  private @Nullable Outcome answerOne(Head head) throws IOException {
    answered++;
    boolean last = answered >= server.settings().bounds().requests();
    Turn current = new Turn(head, server.settings().clocks().request(), place);
    turn = current;
    wire.begin(current);
    try {
      Exchange exchange = new Exchange(server, app, wire, inbox, head, last);
      // After an upgrade, what stands behind the request is not HTTP.
      return exchange.run() ? exchange.switched() : new Outcome.End();
    } catch (IOException e) {
      if (current.isLate()) {
        // The loop has answered; the connection ends in order.
        return new Outcome.End();
      }
      throw e;
    } finally {
      current.end();
    }
  }

  /**
   * Answers for an app that takes too long. Its thread is interrupted and told to be silent; when it
   * comes back, it finds the connection closed. Loop only.
   */
  void watch(long now) {
    Turn current = turn;
    if (current != null) {
      current.expire(now, () -> answerFor(current));
    }
  }

  private void answerFor(Turn current) {
    Head head = current.head();
    LOG.warn(
        "{} {} was in the app for longer than --request-timeout: answered 503; it stands at",
        head.method(),
        head.target(),
        place(current));
    wire.offer(Reply.refusal(LATE, server.date().now(), head.method().equals("HEAD")));
    wire.shutdownOutput();
  }

  /** Where an app's thread stands, in the form in which a log shows it. */
  private static Throwable place(Turn turn) {
    Throwable place = new Throwable("not an error by itself");
    place.setStackTrace(turn.place());
    return place;
  }

  /** What the bytes are that have come and belong to no request yet. */
  Parsed next() {
    return opening.parse(inbox.bytes());
  }

  private boolean isWhole(Head head) {
    Limits limits = server.settings().limits();
    return Gathering.isNeedless(head) || new Gathering(head, limits).isWhole(inbox.bytes());
  }
}
