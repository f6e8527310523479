package spyglass.master;

import static spyglass.master.Orders.both;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/**
 * A process for each connection: {@code --accept spawn}, as inetd had it. Nobody is started before there
 * is a connection, nobody is replaced when he has ended, and at most {@code --workers} live at once;
 * who comes then waits in the kernel's queue.
 *
 * <p>A child that ends early has taken its one connection with it; there is nobody to offer it to. For
 * the same reason nobody is recycled, however big it has grown, and a reload changes nothing: the next
 * process loads what is there then.
 */
final class SpawnCrew implements Staff {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private final Plan plan;
  private final Members members = new Members();
  private final Backoff backoff = new Backoff();
  private final Boots boots = new Boots();
  private final Invitation invitation = new Invitation();
  private final Quiet quiet;
  private final Watch watch;
  private Stage stage;
  private int wanted;
  private int starting;
  private boolean served;
  private long stopBy;
  private int status = Exit.FINE;
  private long died;

  /** Woken by order, it serves at once: whoever comes is accepted, and nobody need come. */
  SpawnCrew(Plan plan, boolean ordered) {
    this.plan = plan;
    served = ordered;
    stage = ordered ? Stage.SERVING : Stage.BOOTING;
    wanted = plan.workers();
    quiet = new Quiet(plan);
    watch = new Watch(plan);
  }

  @Override
  public List<Order> begin(long now) {
    quiet.wake(now);
    backoff.holdUntil(now);
    return both(served ? List.of(new Order.TellReady()) : List.of(), next(now));
  }

  @Override
  public List<Order> atGate(Event.AtGate event, long now) {
    return switch (event) {
      case Event.Accepted(long number) -> {
        invitation.answered();
        starting++;
        if (stage == Stage.SLEEPING) {
          // He came in the very moment; whoever comes next shall not wait for his end.
          stage = served ? Stage.SERVING : Stage.BOOTING;
        }
        // Accepted is accepted, even if all are to leave by now: it gets its process.
        yield List.of(new Order.StartFor(number));
      }
      case Event.NotAccepted() -> {
        invitation.answered();
        yield next(now);
      }
      case Event.NotPassed _, Event.Heard _, Event.LinkEnded _ ->
          throw new IllegalStateException("a spawned process has no link");
    };
  }

  @Override
  public List<Order> started(long pid, long now) {
    starting--;
    members.add(new Member(pid, now, Long.MAX_VALUE));
    return next(now);
  }

  @Override
  public List<Order> notStarted(long now) {
    starting--;
    quiet.visit(now);
    if (stage == Stage.BOOTING) {
      return stop("the first process could not be started", Exit.SYSTEM, now);
    }
    boots.failed(Exit.SYSTEM);
    return both(backoff.died(now, now), giveUpOrNext(now));
  }

  @Override
  public List<Order> beat(long pid, byte level, long now) {
    return members.find(pid).map(member -> beat(member, level, now)).orElse(List.of());
  }

  private List<Order> beat(Member member, byte level, long now) {
    boolean wasStuck = member.isStuck();
    member.hear(level, now);
    return switch (level) {
      case Beat.READY -> ready(member, now);
      case Beat.STUCK -> {
        // Nobody can take its place: its connection ends with it.
        List<Order> leave = member.departure().ask(now, plan.drainNanos());
        yield wasStuck ? List.of() : both(watch.stuck(member, now), leave);
      }
      default -> watch.heard(member, level);
    };
  }

  private List<Order> ready(Member member, long now) {
    boots.succeeded();
    List<Order> orders = new ArrayList<>();
    if (!served) {
      served = true;
      stage = stage == Stage.BOOTING ? Stage.SERVING : stage;
      orders.add(new Order.TellReady());
    }
    if (stage == Stage.STOPPING) {
      orders.addAll(member.departure().ask(now, plan.drainNanos()));
    }
    return orders;
  }

  @Override
  public List<Order> counted(long pid, long inFlight, long served, long now) {
    members.find(pid).ifPresent(member -> member.count(inFlight, served, now));
    return List.of();
  }

  @Override
  public List<Order> ended(long pid, int how, long now) {
    return members.remove(pid).map(member -> ended(member, how, now)).orElse(List.of());
  }

  private List<Order> ended(Member member, int how, long now) {
    LOG.debug("process {} has ended ({})", member.pid(), Exit.inWords(how));
    quiet.visit(now);
    died += how == Exit.FINE ? 0 : 1;
    boolean killed = Exit.bySignal(how) && !member.isLate();
    if (member.wasReady() || how == Exit.FINE || killed) {
      return next(now);
    }
    if (stage == Stage.BOOTING) {
      return stop("the first process did not start", Exit.APP, now);
    }
    boots.failed(Exit.APP);
    return both(backoff.died(now, now), giveUpOrNext(now));
  }

  /** Each start that fails costs somebody his connection: the lookout has better news for him. */
  private List<Order> giveUpOrNext(long now) {
    return boots.isHopeless() && isAlone() && !stage.isLeaving()
        ? stop("no process can be started any more", boots.status(), now)
        : next(now);
  }

  @Override
  public List<Order> told(String why, long now) {
    return stage == Stage.STOPPING ? List.of() : stop(why, Exit.FINE, now);
  }

  /** TERM would end who is not ready yet, and its client with it: it is asked when it is ready. */
  private List<Order> stop(String why, int with, long now) {
    LOG.debug("stopping: {}", why);
    stage = Stage.STOPPING;
    status = with;
    stopBy = now + plan.drainNanos() + Departure.GRACE;
    List<Order> orders =
        members.each(it -> it.isReady() ? it.departure().ask(now, plan.drainNanos()) : List.of());
    return both(orders, next(now));
  }

  @Override
  public List<Order> demanded(Demand.OfStaff demand, long now) {
    switch (demand) {
      case Demand.Cut() -> {
        stage = Stage.STOPPING;
        return both(members.each(member -> member.departure().cut(now)), next(now));
      }
      case Demand.Reload() -> LOG.debug("reload: each new process loads the jar as it is then");
      case Demand.Scale(int workers) -> wanted = plan.clamp(workers);
      case Demand.More() -> wanted = plan.clamp(wanted + 1);
      case Demand.Fewer() -> wanted = plan.clamp(wanted - 1);
      case Demand.Sleep() -> quiet.hush(members);
    }
    return next(now);
  }

  @Override
  public void stoodStill(long now) {
    quiet.stoodStill(now);
  }

  @Override
  public List<Order> tick(long now) {
    boolean deaf = quiet.isDeaf(now);
    backoff.look(members, now);
    if (!stage.isLeaving() && isAlone() && !deaf && quiet.nanosLeft(now) == 0) {
      LOG.debug("stopping: {}", quiet.why());
      stage = Stage.SLEEPING;
      quiet.obeyed();
    }
    return both(both(watch.look(members, deaf, now), overdue(now)), next(now));
  }

  private List<Order> overdue(long now) {
    boolean over = stage == Stage.STOPPING && now - stopBy >= 0;
    return members.each(it -> over && !it.isLeaving() ? it.departure().end(now) : List.of());
  }

  @Override
  public long nanosToNext(long now) {
    boolean sleepy = !stage.isLeaving() && isAlone() && !quiet.isDeaf(now);
    long pause = backoff.nanosLeft(now);
    return Math.min(
        sleepy ? quiet.nanosLeft(now) : Long.MAX_VALUE, pause > 0 ? pause : Long.MAX_VALUE);
  }

  private boolean isAlone() {
    return members.isEmpty() && starting == 0;
  }

  private List<Order> next(long now) {
    boolean room = members.count(it -> true) + starting < wanted;
    boolean wants = !stage.isLeaving() && room && backoff.nanosLeft(now) == 0;
    List<Order> orders = invitation.want(wants);
    boolean over = stage.isLeaving() && isAlone() && !invitation.isOut();
    return over ? List.of(new Order.Leave(status)) : orders;
  }

  @Override
  public Figures figures(long now) {
    return new Figures(
        stage.word(),
        wanted,
        0,
        died,
        members.served(),
        members.inFlight(),
        backoff.breaker(now),
        members.figures(now));
  }
}
