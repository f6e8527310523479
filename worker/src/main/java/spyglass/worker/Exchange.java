package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.http.BadRequest;
import spyglass.http.Body;
import spyglass.http.Head;
import spyglass.http.Peer;
import spyglass.http.Refused;
import spyglass.http.Reply;
import spyglass.http.Request;
import spyglass.http.Response;
import spyglass.http.files.FileAnswer;

/** One request, the app's answer, and its way onto the wire. On an app thread. */
final class Exchange {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  /** Whether a connection goes on after an answer. */
  interface Keeping {

    /**
     * Asks.
     *
     * @param bodyIsOver whether what is in the inbox now belongs to another request
     */
    boolean keeps(boolean bodyIsOver);
  }

  private final Server server;
  private final App app;
  private final Wire wire;
  private final Head head;
  private final BodyStream body;
  private final Keeping keeping;
  private final Hints hints;
  private Outcome.@Nullable Switched switched;

  /**
   * An exchange that has not begun.
   *
   * @param complete whether all of its body, if it has one, is in the inbox
   * @param keeping asked before the answer is framed
   */
  Exchange(
      Server server,
      App app,
      Wire wire,
      Inbox inbox,
      Head head,
      boolean complete,
      Keeping keeping) {
    this.keeping = keeping;
    this.server = server;
    this.app = app;
    this.wire = wire;
    this.head = head;
    this.body = new BodyStream(head, server.settings(), wire, inbox, complete);
    this.hints = new Hints(head, wire);
  }

  /**
   * Answers.
   *
   * @return whether the connection may be used for another request
   * @throws IOException when the client must see that something went wrong: cut the connection
   */
  boolean run() throws IOException {
    Response response = call();
    hints.end();
    if (hints.broken()) {
      throw new IOException("the client left before its answer");
    }
    if (body.failed()) {
      return sayAndClose(body.refusal());
    }
    Reply reply = response == null ? null : frame(response);
    if (response == null || reply == null) {
      return sayAndClose(Reply.FAILURE);
    }
    if (LOG.isTraceEnabled()) {
      LOG.trace("{} {} {}", head.method(), head.target(), response.status());
    }
    AnswerStream out = new AnswerStream(wire, reply);
    if (!send(response.body(), out)) {
      return false;
    }
    if (response.body() instanceof Body.Upgraded to) {
      switched = new Outcome.Switched(to.handler(), peer());
      return true;
    }
    return !reply.close() && body.skipRest();
  }

  /** Whether the client sends nothing more over this connection: what it has sent is read, and it said so. */
  boolean isAgreed() {
    return !head.persistent() && body.isOver();
  }

  /** How the connection goes on if not with HTTP; null if it does. */
  Outcome.@Nullable Switched switched() {
    return switched;
  }

  /** Says something of the server's own. */
  private boolean sayAndClose(Refused refused) throws IOException {
    LOG.debug("answered with {}: {}", refused.status(), refused.reason());
    boolean headOnly = head.method().equals("HEAD");
    wire.speak();
    wire.write(ByteBuffer.wrap(Reply.refusal(refused, server.date().now(), headOnly)));
    return false;
  }

  /** The app's answer, or null when it had none: whatever it throws is its own affair. */
  @SuppressWarnings("NullAway") // an app compiled without our checks may well return null
  private @Nullable Response call() {
    try {
      Response response = app.call(request());
      if (response == null) {
        LOG.error("{} {}: the app returned null", head.method(), head.target());
        return null;
      }
      return FileAnswer.of(head.method(), head.headers(), response);
    } catch (BadRequest e) {
      LOG.debug("{} {}: {}", head.method(), head.target(), e.getMessage());
      return e.response();
    } catch (Throwable e) {
      if (!body.failed() && !hints.broken()) {
        LOG.error("{} {}: the app failed", head.method(), head.target(), e);
      }
      server.failed(e);
      return null;
    }
  }

  private Request request() throws IOException {
    return new Request(
        head.method(), head.target(), head.version(), head.headers(), body, peer(), hints);
  }

  private Peer peer() throws IOException {
    return server.settings().trust().peer(wire.peer(), head.headers());
  }

  private @Nullable Reply frame(Response response) {
    try {
      boolean keep = body.canSkipRest() && keeping.keeps(body.isOver());
      return Reply.to(head, response, keep, server.date().now());
    } catch (IllegalArgumentException e) {
      LOG.error("{} {}: cannot send this answer: {}", head.method(), head.target(), e.getMessage());
      return null;
    } catch (NullPointerException e) {
      LOG.error("{} {}: a part of the answer is null", head.method(), head.target(), e);
      return null;
    }
  }

  /** Sends head and body; false when the app failed before anything was sent and a 500 went out. */
  private boolean send(Body answer, AnswerStream out) throws IOException {
    try {
      if (out.wantsBody()) {
        if (answer instanceof Body.Bytes bytes) {
          out.write(bytes);
        } else if (answer instanceof Body.Stream stream) {
          stream.writer().writeTo(out);
        } else if (answer instanceof Body.File file) {
          out.transfer(file);
        }
      }
    } catch (Throwable e) {
      if (!out.overran()) {
        return failedMidway(e, out);
      }
    }
    out.finish();
    if (out.overran()) {
      LOG.error(
          "{} {}: the answer was longer than its Content-Length", head.method(), head.target());
    }
    return !out.overran();
  }

  private boolean failedMidway(Throwable e, AnswerStream out) throws IOException {
    if (body.failed() && !out.started()) {
      return sayAndClose(body.refusal());
    }
    if (out.broken() || body.failed()) {
      throw new IOException("the client left before its answer was whole", e);
    }
    if (e instanceof BadRequest mistake && !out.started()) {
      return sayAndClose(new Refused(mistake.status(), mistake.reason()));
    }
    LOG.error("{} {}: the app failed while it wrote its answer", head.method(), head.target(), e);
    server.failed(e);
    if (out.started()) {
      throw new IOException("its answer is not whole");
    }
    return sayAndClose(Reply.FAILURE);
  }
}
