package spyglass.worker;

import java.nio.ByteBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.Body;
import spyglass.http.Framing;
import spyglass.http.Head;
import spyglass.http.Reply;
import spyglass.http.Response;

/**
 * {@code --probe}: health checks, which are answered without the app. Their answer says that this
 * worker is there and takes requests, and nothing about the app: one that is busy is not ill. A worker
 * that is about to leave says 503, so that a balancer sends nobody more.
 */
final class Probe {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final Response OK = text(200, "ok\n");
  private static final Response LEAVING = text(503, "leaving\n");

  private final String path;

  /**
   * A probe at this path.
   *
   * @param path empty for none
   */
  Probe(String path) {
    this.path = path;
  }

  private static Response text(int status, String text) {
    // One that somebody on the way has kept would tell about a worker that may be gone.
    return Response.text(status, text).withHeader("Cache-Control", "no-store");
  }

  /** What is said, before it is framed. */
  static Response response(boolean draining) {
    return draining ? LEAVING : OK;
  }

  /** Whether there are probes. */
  boolean isWanted() {
    return !path.isEmpty();
  }

  /** Whether a request is one; a query makes no difference. */
  boolean isAskedBy(Head head) {
    if (path.isEmpty() || !(head.method().equals("GET") || head.method().equals("HEAD"))) {
      return false;
    }
    String target = head.target();
    // Absolute form, "http://host/path", is for proxies, but everybody must take it (RFC 9112
    // 3.2.2).
    int from = target.startsWith("/") ? 0 : target.indexOf('/', target.indexOf("://") + 3);
    int end = from + path.length();
    return from >= 0
        && target.startsWith(path, from)
        && (target.length() == end || target.charAt(end) == '?');
  }

  /**
   * What is said to one.
   *
   * @param bytes the whole answer
   * @param close whether the connection ends with it
   */
  record Reaction(ByteBuffer bytes, boolean close) {}

  /**
   * Answers one.
   *
   * @param draining whether this worker is about to leave
   * @param keep whether the connection may be used again, as far as the server is concerned
   */
  Reaction answer(Head head, boolean draining, boolean keep, String date) {
    Response response = response(draining);
    LOG.trace("{} {} {}", head.method(), head.target(), response.status());
    // A body in a GET is nobody's here, and where it ends is not looked for.
    boolean bare = head.framing().equals(Framing.NONE);
    Reply reply = Reply.to(head, response, keep && bare && !draining, date);
    byte[] body =
        response.body() instanceof Body.Bytes it && reply.framing() instanceof Reply.Frame.Length
            ? it.content()
            : new byte[0];
    ByteBuffer bytes = ByteBuffer.allocate(reply.head().length + body.length);
    return new Reaction(bytes.put(reply.head()).put(body).flip(), reply.close());
  }
}
