package spyglass.master;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/**
 * A process for each connection: {@code --accept spawn}, as inetd had it. Nobody is started before there
 * is a connection, nobody is replaced when he has ended, and at most {@code --workers} live at once;
 * who comes then waits in the kernel's queue.
 *
 * <p>A child that ends early has taken its one connection with it; there is nobody to offer it to.
 */
final class SpawnCrew implements Staff {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private static final class Member {
    private final long since;
    private boolean ready;

    Member(long since) {
      this.since = since;
    }
  }

  private final Plan plan;
  private final Map<Long, Member> members = new LinkedHashMap<>();
  private int starting;
  private boolean accepting;
  private boolean withdrawing;
  private boolean served;
  private boolean stopping;
  private int status = Exit.FINE;
  private long aloneSince;
  private long stopBy;

  SpawnCrew(Plan plan) {
    this.plan = plan;
  }

  @Override
  public List<Order> begin(long now) {
    aloneSince = now;
    return next();
  }

  @Override
  public List<Order> atGate(Event.AtGate event, long now) {
    return switch (event) {
      case Event.Accepted(long number) -> {
        accepting = false;
        withdrawing = false;
        starting++;
        // Accepted is accepted, even if all are to leave by now: it gets its process.
        yield List.of(new Order.StartFor(number));
      }
      case Event.NotAccepted() -> {
        accepting = false;
        withdrawing = false;
        yield next();
      }
      case Event.NotPassed _, Event.Heard _, Event.LinkEnded _ ->
          throw new IllegalStateException("a spawned process has no link");
    };
  }

  @Override
  public List<Order> started(long pid, long now) {
    starting--;
    members.put(pid, new Member(now));
    return next();
  }

  @Override
  public List<Order> notStarted(long now) {
    starting--;
    aloneSince = now;
    return served ? next() : stop("the first process could not be started", Exit.SYSTEM, now);
  }

  @Override
  public List<Order> beat(long pid, byte level, long now) {
    Member member = members.get(pid);
    if (member == null || level != Beat.READY) {
      // Busy or not: a process is there for its connection, and both end together.
      return List.of();
    }
    member.ready = true;
    List<Order> orders = new ArrayList<>();
    if (!served) {
      served = true;
      orders.add(new Order.TellReady());
    }
    if (stopping) {
      orders.add(new Order.Term(pid));
    }
    return orders;
  }

  @Override
  public List<Order> ended(long pid, int how, long now) {
    if (members.remove(pid) == null) {
      return List.of();
    }
    LOG.debug("process {} has ended ({})", pid, Exit.inWords(how));
    aloneSince = now;
    boolean failed = how != Exit.FINE && !Exit.bySignal(how);
    return failed && !served ? stop("the first process did not start", Exit.APP, now) : next();
  }

  @Override
  public List<Order> told(String why, long now) {
    return stopping ? List.of() : stop(why, Exit.FINE, now);
  }

  /**
   * Who is not ready yet has no handler for TERM, which would end it, and its client with it. It is
   * asked when it is ready.
   */
  private List<Order> stop(String why, int with, long now) {
    if (stopping) {
      return next();
    }
    LOG.debug("stopping: {}", why);
    stopping = true;
    status = with;
    stopBy = now + plan.drainNanos();
    List<Order> orders = new ArrayList<>();
    members.forEach((pid, member) -> {
      if (member.ready) {
        orders.add(new Order.Term(pid));
      }
    });
    orders.addAll(next());
    return orders;
  }

  @Override
  public List<Order> tick(long now) {
    if (!stopping && isAlone() && now - aloneSince >= plan.timeoutNanos()) {
      return stop(Crew.QUIET, Exit.FINE, now);
    }
    return members.entrySet().stream()
        .filter(entry -> isOverdue(entry.getValue(), now))
        .<Order>map(entry -> new Order.Kill(entry.getKey()))
        .toList();
  }

  private boolean isOverdue(Member member, long now) {
    boolean booting = !member.ready && now - member.since > plan.wakeNanos();
    return booting || (stopping && now - stopBy >= 0);
  }

  @Override
  public long nanosToNext(long now) {
    boolean sleepy = !stopping && isAlone();
    return sleepy ? Math.max(0, aloneSince + plan.timeoutNanos() - now) : Long.MAX_VALUE;
  }

  private boolean isAlone() {
    return members.isEmpty() && starting == 0;
  }

  private List<Order> next() {
    boolean wanted = !stopping && members.size() + starting < plan.workers();
    if (wanted && !accepting) {
      accepting = true;
      return List.of(new Order.Accept());
    }
    if (!wanted && accepting && !withdrawing) {
      withdrawing = true;
      return List.of(new Order.Withdraw());
    }
    boolean over = stopping && isAlone() && !accepting;
    return over ? List.of(new Order.Leave(status)) : List.of();
  }
}
