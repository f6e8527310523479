package spyglass.worker;

import java.time.Instant;

/** What a worker serves, before there is a loop to serve it with. */
interface Service {

  /** Who takes the connections. */
  Sessions sessions(Server server);

  /**
   * Its last: nobody is connected any more. It puts away what it keeps.
   *
   * @param deadline until when that should be done
   * @throws Exception when it cannot
   */
  void sleep(Instant deadline) throws Exception;
}
