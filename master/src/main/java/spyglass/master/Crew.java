package spyglass.master;

import static spyglass.master.Orders.both;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/**
 * Workers that serve side by side. It is told what happened and answers what to do; it makes no system
 * call, so its tests invent the pids and the time. What it hears goes to those who decide: when to
 * sleep and to stop is in {@link LifeCycle}, who is missing or too many in {@link Roster}, who
 * misbehaves in {@link Watch}.
 */
final class Crew implements Staff {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private final Plan plan;
  private final Members members = new Members();
  private final Quiet quiet;
  private final Watch watch;
  private final Roster roster;
  private final LifeCycle life;

  Crew(Plan plan) {
    this.plan = plan;
    quiet = new Quiet(plan);
    watch = new Watch(plan);
    roster = new Roster(plan, members, Math::random);
    life = new LifeCycle(plan, members, roster, quiet);
  }

  /** The first worker is wanted at once; the others wait, to leave it the CPUs. */
  @Override
  public List<Order> begin(long now) {
    return life.boot(now);
  }

  @Override
  public List<Order> started(long pid, long now) {
    Member member = roster.started(pid, now);
    return stage().isLeaving() ? member.departure().ask(now, plan.drainNanos()) : List.of();
  }

  @Override
  public List<Order> notStarted(long now) {
    roster.forgetStart();
    return switch (stage()) {
      case BOOTING -> life.stop("the first worker could not be started", Exit.SYSTEM, now);
      case SERVING -> both(roster.notStarted(now), life.adjust(now));
      case SLEEPING, STOPPING -> life.leaveWhenAlone();
    };
  }

  @Override
  public List<Order> beat(long pid, byte level, long now) {
    return members.find(pid).map(member -> beat(member, level, now)).orElse(List.of());
  }

  private List<Order> beat(Member member, byte level, long now) {
    boolean wasReady = member.wasReady();
    boolean wasStuck = member.isStuck();
    member.hear(level, now);
    return switch (level) {
      case Beat.READY -> wasReady ? List.of() : ready(member, now);
      case Beat.STUCK -> wasStuck ? List.of() : both(watch.stuck(member, now), life.adjust(now));
      case Beat.LEAVING -> member.isLeaving() ? List.of() : leaving(member, now);
      case Beat.IDLE -> {
        quiet.visit(now);
        yield List.of();
      }
      default -> watch.heard(member, level);
    };
  }

  /** An operator has told it, not we; it may have work for long. */
  private List<Order> leaving(Member member, long now) {
    LOG.debug("worker {} leaves, and another takes its place", member.pid());
    member.leaveFrom(now);
    member.departure().begin();
    roster.replaced();
    return life.adjust(now);
  }

  private List<Order> ready(Member member, long now) {
    List<Order> owed = member.departure().hears(now);
    if (member.isLeaving()) {
      return owed;
    }
    if (members.ready() == 1) {
      quiet.serveFirst(now);
    }
    roster.ready(member, now);
    return stage() == Stage.BOOTING ? life.serve(now) : life.adjust(now);
  }

  @Override
  public List<Order> counted(long pid, long inFlight, long served, long now) {
    roster.counted(pid, inFlight, served, now);
    return life.adjust(now);
  }

  @Override
  public void weighed(long pid, long bytes, long now) {
    roster.weighed(pid, bytes, now);
  }

  @Override
  public List<Order> ended(long pid, int how, long now) {
    return members.remove(pid).map(member -> ended(member, how, now)).orElse(List.of());
  }

  private List<Order> ended(Member member, int how, long now) {
    if (member.isBusy()) {
      // Somebody was there.
      quiet.visit(now);
    }
    if (member.isLeaving()) {
      LOG.debug("worker {} has left ({})", member.pid(), Exit.inWords(how));
      return stage().isLeaving() ? life.leaveWhenAlone() : life.adjust(now);
    }
    LOG.warn("worker {} has ended ({})", member.pid(), Exit.inWords(how));
    if (stage() == Stage.SERVING) {
      return both(roster.lost(member, how, now), life.adjust(now));
    }
    List<Order> again = roster.retryBoot(how);
    return again.isEmpty() ? life.stop("the first worker did not start", Exit.APP, now) : again;
  }

  @Override
  public List<Order> told(String why, long now) {
    return life.stop(why, Exit.FINE, now);
  }

  @Override
  public List<Order> demanded(Demand.OfStaff demand, long now) {
    if (stage().isLeaving() && !(demand instanceof Demand.Cut)) {
      return List.of();
    }
    return switch (demand) {
      case Demand.Cut() -> life.cut(now);
      case Demand.Reload() -> {
        roster.reload();
        yield life.adjust(now);
      }
      case Demand.Scale(int workers) -> want(workers, now);
      case Demand.More() -> want(roster.wanted() + 1, now);
      case Demand.Fewer() -> want(roster.wanted() - 1, now);
      case Demand.Sleep() -> {
        quiet.hush(members);
        yield List.of();
      }
    };
  }

  private List<Order> want(int workers, long now) {
    roster.want(workers);
    return life.adjust(now);
  }

  @Override
  public void stoodStill(long now) {
    quiet.stoodStill(now);
  }

  @Override
  public List<Order> tick(long now) {
    return life.isQuiet(now) ? life.sleep(now) : upkeep(now);
  }

  /** What is to be done from time to time, except to go to sleep. */
  List<Order> upkeep(long now) {
    boolean deaf = quiet.isDeaf(now);
    return both(watch.look(members, deaf, now), deaf ? life.adjust(now) : life.inTime(now));
  }

  @Override
  public long nanosToNext(long now) {
    return life.nanosToNext(now);
  }

  /** Whether the next look at the clock will send all to sleep. */
  boolean isQuiet(long now) {
    return life.isQuiet(now);
  }

  /** See {@link LifeCycle#sleep}. */
  List<Order> sleep(long now) {
    return life.sleep(now);
  }

  /** There is work that no worker tells of. */
  void touch(long now) {
    quiet.visit(now);
  }

  Stage stage() {
    return life.stage();
  }

  @Override
  public Figures figures(long now) {
    return roster.figures(stage(), now);
  }
}
