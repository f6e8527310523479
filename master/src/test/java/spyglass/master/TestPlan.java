package spyglass.master;

import static java.util.concurrent.TimeUnit.SECONDS;

import spyglass.worker.Accept;

/** What the tests tell a crew: 30 s to sleep, 10 s to drain, 60 s to wake, 20 s to be called stuck. */
final class TestPlan {

  private TestPlan() {}

  static Plan of(Accept accept, int workers) {
    return recycling(accept, workers, 0, 0);
  }

  static Plan recycling(Accept accept, int workers, long requests, long memory) {
    return plan(accept, workers, false, 0, requests, memory);
  }

  static Plan awake(Accept accept, int workers, long seconds) {
    return plan(accept, workers, false, seconds, 0, 0);
  }

  static Plan single() {
    return plan(Accept.SHARED, 1, true, 0, 0, 0);
  }

  private static Plan plan(
      Accept accept, int workers, boolean single, long awake, long requests, long memory) {
    return new Plan(
        accept,
        workers,
        single,
        SECONDS.toNanos(30),
        SECONDS.toNanos(awake),
        SECONDS.toNanos(10),
        SECONDS.toNanos(60),
        SECONDS.toNanos(20),
        requests,
        memory);
  }
}
