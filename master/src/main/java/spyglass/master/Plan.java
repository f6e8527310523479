package spyglass.master;

import java.util.concurrent.TimeUnit;
import spyglass.process.Arguments;
import spyglass.worker.Accept;
import spyglass.worker.WorkerMain;

/**
 * What a master was told. Times are nanoseconds.
 *
 * @param accept who takes connections out of the kernel's queue
 * @param workers how many are to serve, or how many at most
 * @param single whether there must never be two workers at once
 * @param timeoutNanos how long nobody must visit before all go to sleep
 * @param awakeNanos how long it stays awake at least
 * @param drainNanos how long workers may take to leave when all is to end
 * @param wakeNanos how long a worker may take to start
 * @param stuckNanos how long a worker with work may give no sign of life
 * @param maxRequests after how many a worker has had its day, about; 0 for never
 * @param maxMemory with how many bytes it has had its day; 0 for any number
 */
record Plan(
    Accept accept,
    int workers,
    boolean single,
    long timeoutNanos,
    long awakeNanos,
    long drainNanos,
    long wakeNanos,
    long stuckNanos,
    long maxRequests,
    long maxMemory) {

  /** So many workers as there may be. */
  int clamp(int workers) {
    return Math.clamp(workers, 1, single ? 1 : MasterMain.MOST_WORKERS);
  }

  static Plan from(Arguments args) {
    return new Plan(
        Accept.of(args.text("accept")),
        Math.toIntExact(args.number("workers")),
        Boolean.parseBoolean(args.text(WorkerMain.SINGLE)),
        seconds(args, "timeout"),
        seconds(args, "awake-at-least"),
        seconds(args, "drain"),
        seconds(args, "wake-deadline"),
        seconds(args, "stuck-timeout"),
        args.number("max-requests"),
        args.number("max-memory"));
  }

  private static long seconds(Arguments args, String name) {
    return TimeUnit.SECONDS.toNanos(args.number(name));
  }
}
