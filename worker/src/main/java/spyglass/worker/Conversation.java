package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.http.Head;
import spyglass.http.HttpParser;
import spyglass.http.Parsed;
import spyglass.http.Refused;
import spyglass.http.Reply;

/** The requests of one connection, one after another, answered in their order. */
final class Conversation {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final Refused LATE = new Refused(503, "The app took too long.");

  private final Server server;
  private final App app;
  private final Wire wire;
  private final Inbox inbox;
  private final Opening opening;
  private final Phase phase;
  private int answered;
  private int lateSeries;
  private boolean heardOut;
  private boolean over;
  private volatile @Nullable Turn turn;

  Conversation(Server server, App app, Wire wire, Inbox inbox, HttpParser parser, Phase phase) {
    this.server = server;
    this.app = app;
    this.wire = wire;
    this.inbox = inbox;
    this.opening = new Opening(parser, wire, server.settings().proxyProtocol());
    this.phase = phase;
  }

  /**
   * Answers a request and those that wait whole behind it in the inbox. On an app thread.
   *
   * @param complete whether all of its body, if it has one, is in the inbox
   * @return what becomes of the connection
   * @throws IOException when the client must see that something went wrong
   */
  Outcome answer(Head first, boolean complete) throws IOException {
    Head head = first;
    boolean whole = complete;
    lateSeries += server.isDraining() ? 1 : 0;
    while (true) {
      Outcome outcome = answerOne(head, whole);
      if (outcome != null) {
        return outcome;
      }
      Parsed next = next();
      if (!server.keeps() && next instanceof Parsed.More && isMoreHere()) {
        // Told to go on, the client may have sent another before the order to stop.
        next = next();
      }
      if (!(next instanceof Head another)) {
        return new Outcome.Next(next);
      }
      head = another;
      whole = true;
      if (!Gathering.isNeedless(head)) {
        Gathering waiting = new Gathering(head, server.settings().limits());
        if (!waiting.isWhole(inbox.bytes())) {
          return new Outcome.Arriving(waiting);
        }
        whole = waiting.isComplete();
      }
    }
  }

  /** Null when the connection goes on with what is in the inbox. */
  private @Nullable Outcome answerOne(Head head, boolean complete) throws IOException {
    answered++;
    boolean last = answered >= server.settings().bounds().requests();
    Turn current = new Turn(head, server.settings().clocks().request(), server.threads());
    turn = current;
    wire.begin(current);
    try {
      Exchange exchange =
          new Exchange(server, app, wire, inbox, head, complete, over -> !last && keeps(over));
      boolean goesOn = exchange.run();
      server.heartbeat().served();
      // After an upgrade, what stands behind the request is not HTTP.
      return goesOn ? exchange.switched() : new Outcome.End(exchange.isAgreed());
    } catch (IOException e) {
      if (current.isLate()) {
        // The loop has answered; the connection ends in order.
        return new Outcome.End(false);
      }
      throw e;
    } finally {
      current.end();
    }
  }

  /**
   * Whether there may be another request. When the worker is to stop, only one that was here before:
   * in the inbox, or in the socket's buffer, into which one look is taken. A client that never stops
   * sending does not keep a worker alive by that.
   */
  private boolean keeps(boolean bodyIsOver) {
    return server.keeps() || (server.isDraining() && bodyIsOver && lateSeries <= 1 && isMoreHere());
  }

  private boolean isMoreHere() {
    if (inbox.bytes().hasRemaining() || heardOut) {
      return inbox.bytes().hasRemaining();
    }
    heardOut = true;
    try {
      return inbox.fill(wire.channel()) > 0;
    } catch (IOException e) {
      // The client has left, or there is no memory for more.
      return false;
    }
  }

  /**
   * Answers for an app that takes too long. Its thread is interrupted and told to be silent; when it
   * comes back, it finds the connection closed. One that does not come back is told to the master.
   * Loop only.
   */
  void watch(long now) {
    Turn current = turn;
    if (current != null) {
      current.expire(now, () -> answerFor(current));
      if (current.isStuck(now, server.settings().clocks().stuck())) {
        tellStuck(current);
      }
    }
  }

  private void answerFor(Turn current) {
    Head head = current.head();
    LOG.warn(
        "{} {} was in the app for longer than --request-timeout: answered 503; it stands at",
        head.method(),
        head.target(),
        place(current));
    wire.offer(
        ByteBuffer.wrap(Reply.refusal(LATE, server.date().now(), head.method().equals("HEAD"))));
    wire.shutdownOutput();
    server.heartbeat().served();
  }

  private void tellStuck(Turn current) {
    LOG.error(
        "{} {} is still in the app --stuck-timeout after it was answered 503 and interrupted: this"
            + " worker's place is for another; it stands at",
        current.head().method(),
        current.head().target(),
        place(current));
    server.heartbeat().stuck();
  }

  /** Where an app's thread stands, in the form in which a log shows it. */
  private static Throwable place(Turn turn) {
    Throwable place = new Throwable("not an error by itself");
    place.setStackTrace(turn.place());
    return place;
  }

  /**
   * What the bytes are that have come and belong to no request yet. Probes among them are answered here
   * and now: they need neither the app nor one of its threads.
   *
   * @throws IOException when a probe's answer does not go out: its client does not read
   */
  Parsed next() throws IOException {
    Parsed next = opening.parse(inbox.bytes());
    while (next instanceof Head head && server.probe().isAskedBy(head)) {
      answerProbe(head);
      next = over ? Parsed.More.MORE : opening.parse(inbox.bytes());
    }
    return next;
  }

  private void answerProbe(Head head) throws IOException {
    boolean draining = server.isDraining();
    Probe.Reaction answer =
        server.probe().answer(head, draining, server.keeps(), server.date().now());
    if (!wire.offer(answer.bytes())) {
      throw new IOException("a client sends probes and does not read");
    }
    over = answer.close();
    phase.probed();
  }

  /** Whether a probe was the last that was answered here. */
  boolean isOver() {
    return over;
  }
}
