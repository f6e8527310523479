package spyglass.master;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/**
 * Who is alive, whom to replace and when to stop. It is told what happened and answers what to do; it
 * makes no system call, so its tests invent the pids and the time.
 *
 * <pre>
 *   BOOTING --first r--> SERVING --quiet for --timeout, or told--> STOPPING --nobody left--> Leave
 *      |                                                              ^
 *      +--the app does not start, or not in time----------------------+
 * </pre>
 */
final class Crew implements Staff {

  static final String QUIET = "nobody has visited for --timeout seconds";

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** A worker that was killed while it booted did not fail by itself: it is started again so often. */
  private static final int MOST_KILLED_BOOTS = 3;

  /**
   * How long the first worker has the CPUs to itself to give its first answer, which somebody is
   * waiting for; a JVM that boots beside it would make that take twice as long. Then the rest start.
   */
  private static final long FIRST_ANSWER_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private enum Stage {
    BOOTING,
    SERVING,
    STOPPING
  }

  private static final class Member {
    private final long since;
    private boolean ready;
    private boolean busy;

    Member(long since) {
      this.since = since;
    }
  }

  private final Plan plan;
  private final Backoff backoff = new Backoff();
  private final Map<Long, Member> members = new LinkedHashMap<>();
  private Stage stage = Stage.BOOTING;
  private int starting;
  private int killedBoots;
  private long lastBusy;
  private long stopBy;
  private int status = Exit.FINE;
  private long bornAt;

  Crew(Plan plan) {
    this.plan = plan;
  }

  /** The first worker is wanted at once; the others wait, to leave it the CPUs. */
  @Override
  public List<Order> begin(long now) {
    bornAt = now;
    return start(1);
  }

  private List<Order> start(int count) {
    starting += count;
    return Stream.<Order>generate(Order.Start::new).limit(count).toList();
  }

  @Override
  public List<Order> started(long pid, long now) {
    starting--;
    members.put(pid, new Member(now));
    return stage == Stage.STOPPING ? List.of(new Order.Term(pid)) : List.of();
  }

  @Override
  public List<Order> notStarted(long now) {
    starting--;
    if (stage == Stage.BOOTING) {
      return stop("the first worker could not be started", Exit.SYSTEM, now);
    }
    backoff.died(now, now);
    return stage == Stage.STOPPING ? leaveWhenAlone() : List.of();
  }

  @Override
  public List<Order> beat(long pid, byte level, long now) {
    Member member = members.get(pid);
    if (member == null) {
      return List.of();
    }
    switch (level) {
      case Beat.READY -> {
        return ready(pid, member, now);
      }
      case Beat.BUSY, Beat.STILL_BUSY -> busy(member, true, now);
      case Beat.IDLE -> busy(member, false, now);
      default -> LOG.debug("worker {} sent a byte that means nothing: {}", pid, level);
    }
    return List.of();
  }

  private void busy(Member member, boolean busy, long now) {
    member.busy = busy;
    lastBusy = now;
  }

  private List<Order> ready(long pid, Member member, long now) {
    member.ready = true;
    LOG.debug("worker {} is ready", pid);
    if (stage != Stage.BOOTING) {
      return List.of();
    }
    stage = Stage.SERVING;
    lastBusy = now;
    backoff.holdUntil(now + FIRST_ANSWER_NANOS);
    return List.of(new Order.TellReady());
  }

  @Override
  public List<Order> ended(long pid, int how, long now) {
    Member member = members.remove(pid);
    if (member == null) {
      return List.of();
    }
    if (stage == Stage.STOPPING) {
      LOG.debug("worker {} has left ({})", pid, Exit.inWords(how));
      return leaveWhenAlone();
    }
    LOG.warn("worker {} has ended ({})", pid, Exit.inWords(how));
    if (stage == Stage.BOOTING) {
      return bootFailed(how, now);
    }
    backoff.died(member.since, now);
    return replaceWhenDue(now);
  }

  private List<Order> bootFailed(int how, long now) {
    if (Exit.bySignal(how) && killedBoots < MOST_KILLED_BOOTS) {
      killedBoots++;
      return start(1);
    }
    return stop("the first worker did not start", Exit.APP, now);
  }

  private List<Order> replaceWhenDue(long now) {
    return missing() > 0 && backoff.nanosLeft(now) == 0 ? start(missing()) : List.of();
  }

  @Override
  public List<Order> told(String why, long now) {
    return stage == Stage.STOPPING ? List.of() : stop(why, Exit.FINE, now);
  }

  private List<Order> stop(String why, int with, long now) {
    LOG.debug("stopping: {}", why);
    stage = Stage.STOPPING;
    status = with;
    stopBy = now + plan.drainNanos();
    List<Order> orders = new ArrayList<>();
    members.keySet().forEach(pid -> orders.add(new Order.Term(pid)));
    orders.addAll(leaveWhenAlone());
    return orders;
  }

  private List<Order> leaveWhenAlone() {
    return members.isEmpty() && starting == 0 ? List.of(new Order.Leave(status)) : List.of();
  }

  @Override
  public List<Order> tick(long now) {
    return switch (stage) {
      case BOOTING -> {
        if (now - bornAt < plan.wakeNanos()) {
          yield List.of();
        }
        List<Order> orders = new ArrayList<>(kill(members.keySet().stream()));
        orders.addAll(stop("no worker was ready within --wake-deadline", Exit.APP, now));
        yield orders;
      }
      case SERVING -> {
        if (isQuiet(now)) {
          yield stop(QUIET, Exit.FINE, now);
        }
        List<Order> orders = new ArrayList<>(kill(slowStarters(now)));
        orders.addAll(replaceWhenDue(now));
        yield orders;
      }
      case STOPPING -> now - stopBy < 0 ? List.of() : kill(members.keySet().stream());
    };
  }

  @Override
  public long nanosToNext(long now) {
    if (stage != Stage.SERVING) {
      return Long.MAX_VALUE;
    }
    long quiet = isIdle() ? lastBusy + plan.timeoutNanos() - now : Long.MAX_VALUE;
    long replacing = missing() > 0 ? backoff.nanosLeft(now) : Long.MAX_VALUE;
    return Math.max(0, Math.min(quiet, replacing));
  }

  private int missing() {
    return plan.workers() - members.size() - starting;
  }

  /** Whether the next look at the clock will send all to sleep. */
  boolean isQuiet(long now) {
    return stage == Stage.SERVING && isIdle() && now - lastBusy >= plan.timeoutNanos();
  }

  /** There is work that no worker tells of. */
  void touch(long now) {
    lastBusy = now;
  }

  private boolean isIdle() {
    return members.values().stream().noneMatch(member -> member.busy);
  }

  private Stream<Long> slowStarters(long now) {
    return members.entrySet().stream()
        .filter(entry -> !entry.getValue().ready)
        .filter(entry -> now - entry.getValue().since > plan.wakeNanos())
        .map(Map.Entry::getKey);
  }

  private static List<Order> kill(Stream<Long> pids) {
    return pids.<Order>map(Order.Kill::new).toList();
  }
}
