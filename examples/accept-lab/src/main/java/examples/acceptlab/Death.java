package examples.acceptlab;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A worker is killed while it has something to do. To know afterwards what it had, it is stopped first
 * (SIGSTOP): it keeps its connections and its place at the door, but begins with nothing any more.
 * Then others come, and then it is killed (SIGKILL).
 *
 * @param victim its pid
 * @param begun connections it had begun with
 * @param begunLost how many of these were lost; nobody else could go on with them
 * @param others connections that another process had begun with, or that came afterwards
 * @param othersLost how many of those were lost
 */
record Death(long victim, int begun, int begunLost, int others, int othersLost) {

  /** In no worker so many that there is no room for one who comes later. */
  private static final int HOLDERS = 3;

  private static final long PATIENCE_SECONDS = 30;
  private static final long QUIET_MILLIS = 300;

  /** One experiment. It takes a little longer than {@link Plan#holdMillis}. */
  static Death of(Subject subject, Plan plan) throws InterruptedException {
    BlockingQueue<Long> begun = new LinkedBlockingQueue<>();
    BlockingQueue<Answer> ends = new LinkedBlockingQueue<>();
    List<Thread> threads = new ArrayList<>();
    String hold = "work " + plan.holdMillis();
    start(threads, HOLDERS, () -> ends.add(Client.ask(subject.port(), hold, begun::add)));
    List<Long> pids = new ArrayList<>();
    for (int i = 0; i < HOLDERS; i++) {
      pids.add(next(begun));
    }
    long victim = pids.getFirst();
    if (!subject.pids().contains(victim)) {
      throw new IllegalStateException(victim + " is no process of this server");
    }
    int begunBefore;
    Children.signal("STOP", victim);
    try {
      awaitStopped(victim);
      // On a slow day the first is done before the last has begun.
      begunBefore =
          (int) (pids.stream().filter(pid -> pid == victim).count() - served(ends, victim));
      BlockingQueue<Answer> late = new LinkedBlockingQueue<>();
      start(
          threads,
          plan.newcomers(),
          () -> {
            Answer answer = Client.ask(subject.port(), "work 0");
            late.add(answer);
            ends.add(answer);
          });
      awaitQuiet(late, plan.newcomers());
    } finally {
      Children.signal("KILL", victim);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return count(victim, begunBefore, List.copyOf(ends));
  }

  private static long served(Collection<Answer> ends, long victim) {
    return ends.stream()
        .filter(end -> end instanceof Answer.Served served && served.pid() == victim)
        .count();
  }

  private static void start(List<Thread> threads, int count, Runnable client) {
    for (int i = 0; i < count; i++) {
      threads.add(Thread.ofPlatform().daemon().start(client));
    }
  }

  private static long next(BlockingQueue<Long> begun) throws InterruptedException {
    @Nullable Long pid = begun.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (pid == null) {
      throw new IllegalStateException("nobody has begun within " + PATIENCE_SECONDS + " seconds");
    }
    return pid;
  }

  /** A signal is sent in no time and obeyed a little later, by one thread after the other. */
  private static void awaitStopped(long victim) throws InterruptedException {
    while (Proc.of(victim).stream().anyMatch(proc -> proc.state() != 'T')) {
      Thread.sleep(1);
    }
  }

  /** The others answer whom they can get. Who is left then waits for the one that stands still. */
  private static void awaitQuiet(BlockingQueue<Answer> late, int most) throws InterruptedException {
    int answered = 0;
    while (answered < most && late.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS) != null) {
      answered++;
    }
  }

  private static Death count(long victim, int begun, List<Answer> ends) {
    int begunLost = 0;
    int othersLost = 0;
    for (Answer end : ends) {
      if (end instanceof Answer.Lost(OptionalLong begunBy, String _)) {
        if (begunBy.isPresent() && begunBy.getAsLong() == victim) {
          begunLost++;
        } else {
          othersLost++;
        }
      }
    }
    return new Death(victim, begun, begunLost, ends.size() - begun, othersLost);
  }
}
