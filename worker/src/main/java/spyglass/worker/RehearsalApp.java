package spyglass.worker;

import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/**
 * The app of a rehearsal: when the caches are made, before any real app is known, a worker answers a
 * few requests with this one, so that all of a worker's own classes are met once.
 */
public final class RehearsalApp implements App {

  /** For the worker. */
  public RehearsalApp() {}

  @Override
  public Response call(Request request) {
    return request.path().equals("/stream")
        ? Response.stream("text/plain", out -> out.write('x'))
        : Response.text("rehearsal\n");
  }
}
