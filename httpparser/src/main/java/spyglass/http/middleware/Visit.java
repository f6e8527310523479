package spyglass.http.middleware;

import java.time.Duration;
import java.time.Instant;
import spyglass.http.Request;

/**
 * What there is to say about one request.
 *
 * @param request what was asked, and by whom
 * @param status what was answered
 * @param bytes of the answer's body
 * @param start when it began
 * @param took how long it took
 */
record Visit(Request request, int status, long bytes, Instant start, Duration took) {

  /** A field of the request, empty when it is not there. */
  String field(String name) {
    return request.headers().first(name).orElse("");
  }
}
