package examples.acceptlab;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to accept connections that the lab compares. Each has the same room: {@link #WORKERS} workers
 * that serve {@link #PLACES} connections at once, or as many processes as the two make together.
 *
 * @param accept {@code shared}, {@code pass}, {@code spawn} or {@link #REUSEPORT}
 */
record Way(String accept) {

  static final int WORKERS = 3;
  static final int PLACES = 2;
  static final String REUSEPORT = "reuseport (experiment)";
  private static final String SPAWN = "spawn";

  /** All of them, in the order of the table. */
  static List<Way> all() {
    return List.of(new Way("shared"), new Way("pass"), new Way(SPAWN), new Way(REUSEPORT));
  }

  boolean spawns() {
    return accept.equals(SPAWN);
  }

  boolean isExperiment() {
    return accept.equals(REUSEPORT);
  }

  /** In one word, for the picture. */
  String label() {
    return isExperiment() ? "reuseport" : accept;
  }

  /** Starts it with the example {@code pid-echo}, as it is unless told otherwise. */
  Subject echoing(Checkout checkout) throws IOException {
    return isExperiment()
        ? working(checkout)
        : SpyglassSubject.start(checkout.launcher(), options("pid-echo"), checkout.pidEcho());
  }

  /** Starts it with the protocol {@link Work} and no more room than it needs. */
  Subject working(Checkout checkout) throws IOException {
    if (isExperiment()) {
      return ReusePortSubject.start(checkout.lab(), WORKERS, PLACES);
    }
    List<String> options = options("work");
    options.addAll(List.of("--threads", Integer.toString(PLACES)));
    options.addAll(List.of("--max-connections", Integer.toString(PLACES)));
    return SpyglassSubject.start(checkout.launcher(), options, checkout.lab());
  }

  private List<String> options(String protocol) {
    int workers = spawns() ? WORKERS * PLACES : WORKERS;
    return new ArrayList<>(
        List.of(
            "--protocol", protocol, "--accept", accept, "--workers", Integer.toString(workers)));
  }
}
