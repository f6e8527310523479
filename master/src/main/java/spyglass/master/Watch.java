package spyglass.master;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import spyglass.worker.Beat;

/** Looks after those who do not do what they should: start in time, beat while they work, leave. */
final class Watch {

  private final Plan plan;

  Watch(Plan plan) {
    this.plan = plan;
  }

  /** From time to time; a master that is deaf may not judge who is silent. */
  List<Order> look(Members members, boolean deaf, long now) {
    List<Order> orders = new ArrayList<>(leaving(members, now));
    if (!deaf) {
      orders.addAll(silent(members, now));
      orders.addAll(slowStarters(members, now));
    }
    return orders;
  }

  /** What a worker has said that nobody else acts upon. */
  List<Order> heard(Member member, byte level) {
    return level == Beat.UNSAVED
        ? List.of(
            new Order.Report(
                "the app of worker "
                    + member.pid()
                    + " could not put away what it keeps, and that is lost: the log says why"))
        : List.of();
  }

  /** A thread of a worker's app does not come back. Its successor is seen to elsewhere. */
  List<Order> stuck(Member member, long now) {
    List<Order> orders = new ArrayList<>();
    String name = "worker " + member.pid();
    orders.add(new Order.Report(name + " is stuck in its app: it is replaced; its threads follow"));
    orders.add(new Order.Dump(member.pid()));
    if (member.isLeaving()) {
      orders.addAll(member.departure().ask(now, plan.drainNanos()));
    }
    return orders;
  }

  /** Who has been starting for too long is killed, and its end is its own fault. */
  private List<Order> slowStarters(Members members, long now) {
    return members.each(member -> {
      if (!member.isSlow(now, plan.wakeNanos())) {
        return List.of();
      }
      member.giveUp();
      return List.of(new Order.Kill(member.pid()));
    });
  }

  /**
   * Who has work and does not beat: stopped, or short of memory to the point where nothing moves. One
   * without work may be as silent as it likes.
   */
  private List<Order> silent(Members members, long now) {
    return members.each(member -> {
      Departure departure = member.departure();
      if (departure.isLimited() || !member.isSilent(now, plan.stuckNanos())) {
        return List.of();
      }
      List<Order> orders = new ArrayList<>();
      orders.add(
          new Order.Report(
              "worker %d has work and gave no sign of life for %d s: it is replaced"
                  .formatted(member.pid(), TimeUnit.NANOSECONDS.toSeconds(plan.stuckNanos()))));
      orders.addAll(departure.force(now));
      return orders;
    });
  }

  /** What is due of those who leave, and the end of those who have no work and still do not. */
  private List<Order> leaving(Members members, long now) {
    return members.each(member -> {
      Departure departure = member.departure();
      boolean hangs =
          member.isLeaving()
              && !departure.isLimited()
              && member.isIdle(now, plan.drainNanos() + Departure.GRACE);
      return hangs ? departure.end(now) : departure.due(now);
    });
  }
}
