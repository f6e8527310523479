package spyglass.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;

/**
 * Who is there and who should be. After whatever has happened, {@link #adjust} compares the two, starts
 * who is missing and asks to leave who is too many; so no death, order or reload needs to know what
 * else is going on.
 */
final class Roster {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /**
   * How long the first worker has the CPUs to itself to give its first answer, which somebody is
   * waiting for; a JVM that boots beside it would make that take twice as long. Then the rest start.
   */
  private static final long FIRST_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Plan plan;
  private final Members members;
  private final Relief relief;
  private final Backoff backoff = new Backoff();
  private final Reload reload = new Reload();
  private final Boots boots = new Boots();
  private int wanted;
  private int starting;
  private boolean oneFirst;
  private long restarts;
  private long died;

  /** The chance is from 0 to 1. */
  Roster(Plan plan, Members members, DoubleSupplier chance) {
    this.plan = plan;
    this.members = members;
    relief = new Relief(plan, chance);
    wanted = plan.workers();
  }

  /** Nobody serves: the first is wanted at once; the others wait, to leave it the CPUs. */
  void oneFirst() {
    oneFirst = true;
  }

  List<Order> start(int count) {
    starting += count;
    return Stream.<Order>generate(Order.Start::new).limit(count).toList();
  }

  Member started(long pid, long now) {
    starting--;
    Member member = new Member(pid, now, relief.lot());
    members.add(member);
    return member;
  }

  /** A start has failed, and not for the first time: some worker was there before. */
  List<Order> notStarted(long now) {
    boots.failed(Exit.SYSTEM);
    List<Order> orders = new ArrayList<>(backoff.died(now, now));
    if (reload.isRunning()) {
      orders.addAll(reload.fail("no process could be started", members));
    }
    return orders;
  }

  /** One start less is under way. */
  void forgetStart() {
    starting--;
  }

  void ready(Member member, long now) {
    LOG.debug("worker {} is ready", member.pid());
    boots.succeeded();
    if (oneFirst) {
      oneFirst = false;
      backoff.holdUntil(now + FIRST_ANSWER_NANOS);
    }
  }

  /** The first worker died while it booted: another, or empty when that would be of no use. */
  List<Order> retryBoot(int how) {
    died++;
    return boots.mayTryAgain(how) ? start(1) : List.of();
  }

  /** One leaves that was to serve. */
  void replaced() {
    restarts++;
  }

  /** A worker has died that was to serve. */
  List<Order> lost(Member member, int how, long now) {
    died++;
    restarts++;
    boolean killed = Exit.bySignal(how) && !member.isLate();
    if (!member.wasReady() && reload.isRunning()) {
      return killed && reload.triesAgain() ? List.of() : reload.fail(why(member, how), members);
    }
    if (!member.wasReady() && killed && boots.mayTryAgain(how)) {
      return List.of();
    }
    if (!member.wasReady() && !killed) {
      boots.failed(Exit.APP);
    }
    // Who was never ready died young, however long that took.
    return backoff.died(member.wasReady() ? member.since() : now, now);
  }

  private static String why(Member member, int how) {
    String end = member.isLate() ? "not ready within --wake-deadline" : Exit.inWords(how);
    return "new worker " + member.pid() + ": " + end;
  }

  /** Nobody serves, and it seems that nobody ever will: with which status to tell that. */
  Optional<Integer> hopeless() {
    return boots.isHopeless() && members.serving() == 0 && starting == 0
        ? Optional.of(boots.status())
        : Optional.empty();
  }

  /** Who is too many is asked to leave, who is missing is started. */
  List<Order> adjust(long now) {
    backoff.look(members, now);
    List<Order> orders = new ArrayList<>();
    Optional<Member> due = relief.next(members, wanted);
    while (due.isPresent() && (plan.single() || members.ready() > wanted)) {
      restarts++;
      orders.addAll(release(due.get(), now));
      due = relief.next(members, wanted);
    }
    reload.look(members);
    while (members.serving() > most()) {
      orders.addAll(release(members.mostDispensable().orElseThrow(), now));
    }
    if (missing() > 0 && backoff.nanosLeft(now) == 0) {
      orders.addAll(start(missing()));
    }
    return orders;
  }

  /** How many may serve: one more than wanted, while somebody is to be replaced. */
  private int most() {
    boolean oneMore = !plan.single() && relief.next(members, wanted).isPresent();
    return wanted + (oneMore ? 1 : 0);
  }

  private int missing() {
    if (plan.single() && !members.isEmpty()) {
      // One that leaves is there until it has left.
      return 0;
    }
    return (oneFirst ? 1 : most()) - members.serving() - starting;
  }

  private List<Order> release(Member member, long now) {
    LOG.debug("worker {} is asked to leave", member.pid());
    member.leaveFrom(now);
    Departure departure = member.departure();
    return member.isStuck() ? departure.ask(now, plan.drainNanos()) : departure.ask(now);
  }

  /** How long until somebody who is missing may be started; the largest long when nobody is. */
  long nanosToNext(long now) {
    return missing() > 0 ? backoff.nanosLeft(now) : Long.MAX_VALUE;
  }

  /** A worker's figures are new. */
  void counted(long pid, long inFlight, long served, long now) {
    members
        .find(pid)
        .ifPresent(member -> {
          member.count(inFlight, served, now);
          relief.count(member);
        });
  }

  /** A worker's memory was looked at. */
  void weighed(long pid, long bytes, long now) {
    members.find(pid).ifPresent(member -> relief.weigh(member, bytes, now));
  }

  /** There is to be a new worker for each. */
  void reload() {
    reload.demand(members);
  }

  boolean isReloading() {
    return reload.isRunning();
  }

  /** There are to be so many. */
  void want(int workers) {
    wanted = plan.clamp(workers);
    LOG.debug("{} workers are wanted", wanted);
  }

  int wanted() {
    return wanted;
  }

  /** Nobody is there, and nobody will come. */
  boolean isEmpty() {
    return members.isEmpty() && starting == 0;
  }

  Figures figures(Stage stage, long now) {
    return new Figures(
        stage == Stage.SERVING && isReloading() ? "reloading" : stage.word(),
        wanted,
        restarts,
        died,
        members.served(),
        members.inFlight(),
        backoff.breaker(now),
        members.figures(now));
  }
}
