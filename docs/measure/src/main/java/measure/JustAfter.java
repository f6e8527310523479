package measure;

import java.io.IOException;
import java.util.List;

/** Visitors who come when the last worker has just left, in turns with such as come to a deep sleep. */
final class JustAfter {

  static final String TASK = "just after falling asleep";
  static final String SOON = "0.05 to 1 s after the last worker left";
  static final String DEEP = "deep asleep";

  private static final List<Integer> DELAYS = List.of(50, 100, 200, 300, 500, 700, 1000);
  private static final int VISITS = 100;
  private static final long DEEP_MILLIS = 1500;

  void measure(Bench bench, Results results) throws IOException {
    int visits = bench.count(VISITS, 2);
    try (Running server = Subject.spyglass(bench).start()) {
      Visit.millis(server.port());
      for (int i = 0; i < visits; i++) {
        if (i % DELAYS.size() == 0) {
          bench.say("wake: just after falling asleep, " + i + "/" + visits);
        }
        // Who comes second finds a machine that is warmer: each kind is that one half of the time.
        boolean soonFirst = i % 2 == 0;
        for (boolean soon : List.of(soonFirst, !soonFirst)) {
          fallAsleep(server);
          if (soon) {
            Visit.pause(DELAYS.get(i % DELAYS.size()));
          } else {
            bench.rest(DEEP_MILLIS);
          }
          results.add(TASK, soon ? SOON : DEEP, Wake.MILLIS, Visit.millis(server.port()));
        }
      }
    }
  }

  private static void fallAsleep(Running server) throws IOException {
    server.sleep();
    Visit.await("the last worker to leave", () -> server.answering().isEmpty());
  }
}
