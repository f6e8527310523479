package spyglass.http;

import java.io.IOException;

/**
 * Where {@link Request#earlyHints} sends its fields: to the client, with a server behind the
 * request; for a test of an app, into a list ({@code request.withHints(list::add)}).
 */
@FunctionalInterface
public interface EarlyHints {

  /** Nobody is told: what a request has that no server made. */
  EarlyHints IGNORED = fields -> {};

  /** Sends a 103 with these fields; see {@link Request#earlyHints}. */
  void send(Headers fields) throws IOException;
}
