package examples.acceptlab;

import java.util.List;

/** A server that runs, with processes of its own. Closing ends all of them. */
interface Subject extends AutoCloseable {

  /** Where it listens, on this machine alone. */
  int port();

  /** All its processes. */
  List<Long> pids();

  @Override
  void close();
}
