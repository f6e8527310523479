package spyglass.master;

import static spyglass.master.Orders.both;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;

/**
 * When to serve, to sleep and to stop.
 *
 * <pre>
 *   BOOTING --first r--> SERVING --quiet for --timeout--> SLEEPING --nobody left--> Leave
 *      |                    |  ^--one of them has work after all--+        ^
 *      +--no app to be had--+--told------------------------> STOPPING -----+
 * </pre>
 */
final class LifeCycle {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** Who is told to sleep and has no work is gone by then. */
  private static final long FALLING_ASLEEP_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Plan plan;
  private final Members members;
  private final Roster roster;
  private final Quiet quiet;
  private Stage stage = Stage.BOOTING;
  private long stageSince;
  private int status = Exit.FINE;

  LifeCycle(Plan plan, Members members, Roster roster, Quiet quiet) {
    this.plan = plan;
    this.members = members;
    this.roster = roster;
    this.quiet = quiet;
  }

  Stage stage() {
    return stage;
  }

  private void enter(Stage next, long now) {
    stage = next;
    stageSince = now;
  }

  List<Order> boot(long now) {
    enter(Stage.BOOTING, now);
    roster.oneFirst();
    return roster.start(1);
  }

  /** The first worker is ready. */
  List<Order> serve(long now) {
    enter(Stage.SERVING, now);
    quiet.wake(now);
    return both(List.of(new Order.TellReady()), adjust(now));
  }

  /** While it serves, those who are there are made to be those who should be. */
  List<Order> adjust(long now) {
    if (stage != Stage.SERVING) {
      return List.of();
    }
    // Who visits shall not wait for an app that cannot start: the lookout tells him, when we are
    // gone.
    Optional<Integer> hopeless = roster.hopeless();
    return hopeless.isPresent()
        ? stop("no worker is left, and none can be started", hopeless.get(), now)
        : roster.adjust(now);
  }

  /** All are to finish and leave. Told twice is told once. */
  List<Order> stop(String why, int with, long now) {
    if (stage == Stage.STOPPING) {
      return List.of();
    }
    LOG.debug("stopping: {}", why);
    enter(Stage.STOPPING, now);
    status = with;
    return both(
        members.each(member -> member.departure().ask(now, plan.drainNanos())), leaveWhenAlone());
  }

  /** All are to drop what they have, and leave. */
  List<Order> cut(long now) {
    LOG.debug("cutting what is in flight");
    enter(Stage.STOPPING, now);
    return both(members.each(member -> member.departure().cut(now)), leaveWhenAlone());
  }

  /** All are asked to leave, and may take as long as their work. To be called when {@link #isQuiet}. */
  List<Order> sleep(long now) {
    LOG.debug("stopping: {}", quiet.why());
    enter(Stage.SLEEPING, now);
    quiet.obeyed();
    return both(members.each(member -> askToSleep(member, now)), leaveWhenAlone());
  }

  private static List<Order> askToSleep(Member member, long now) {
    member.leaveFrom(now);
    return member.departure().ask(now);
  }

  /**
   * Somebody came while we fell asleep, and his request takes long. Whoever comes now would wait for
   * its end, as the lookout watches only when all are gone: so there are to be new workers.
   */
  private List<Order> stayAwake(long now) {
    LOG.debug("not going to sleep after all: a worker has work");
    enter(Stage.SERVING, now);
    quiet.visit(now);
    roster.oneFirst();
    return adjust(now);
  }

  List<Order> leaveWhenAlone() {
    return roster.isEmpty() ? List.of(new Order.Leave(status)) : List.of();
  }

  /** What is due by the clock, except to go to sleep. */
  List<Order> inTime(long now) {
    if (stage == Stage.BOOTING && now - stageSince >= plan.wakeNanos()) {
      List<Order> kill = members.each(member -> List.of(new Order.Kill(member.pid())));
      return both(kill, stop("no worker was ready within --wake-deadline", Exit.APP, now));
    }
    boolean late = stage == Stage.SLEEPING && now - stageSince >= FALLING_ASLEEP_NANOS;
    return late && members.anyBusy() ? stayAwake(now) : adjust(now);
  }

  /** Whether it is time to sleep. */
  boolean isQuiet(long now) {
    return mayRest(now) && quiet.nanosLeft(now) == 0;
  }

  /** Nobody has work, none is unheard, and no reload is to tell yet whether its jar is any good. */
  private boolean mayRest(long now) {
    return stage == Stage.SERVING
        && !members.anyBusy()
        && !roster.isReloading()
        && !quiet.isDeaf(now);
  }

  /** How long until something is due that nothing else would tell of. */
  long nanosToNext(long now) {
    if (stage == Stage.SLEEPING && members.anyBusy() && !quiet.isDeaf(now)) {
      return Math.max(0, stageSince + FALLING_ASLEEP_NANOS - now);
    }
    long sleep = mayRest(now) ? quiet.nanosLeft(now) : Long.MAX_VALUE;
    long start = stage == Stage.SERVING ? roster.nanosToNext(now) : Long.MAX_VALUE;
    return Math.min(sleep, start);
  }
}
