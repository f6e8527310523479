package spyglass.master;

import java.util.concurrent.TimeUnit;
import spyglass.process.Arguments;
import spyglass.worker.Accept;

/**
 * What a master was told.
 *
 * @param accept who takes connections out of the kernel's queue
 * @param workers how many are to serve, or how many at most
 * @param timeoutNanos how long nobody must visit before all go to sleep
 * @param drainNanos how long workers may take to leave when asked; then they are killed
 * @param wakeNanos how long a worker may take to start
 */
record Plan(Accept accept, int workers, long timeoutNanos, long drainNanos, long wakeNanos) {

  /** A worker cuts its own connections when the drain is over; only a stuck one needs more. */
  private static final long GRACE_SECONDS = 2;

  static Plan from(Arguments args) {
    return new Plan(
        Accept.of(args.text("accept")),
        Math.toIntExact(args.number("workers")),
        TimeUnit.SECONDS.toNanos(args.number("timeout")),
        TimeUnit.SECONDS.toNanos(args.number("drain") + GRACE_SECONDS),
        TimeUnit.SECONDS.toNanos(args.number("wake-deadline")));
  }
}
