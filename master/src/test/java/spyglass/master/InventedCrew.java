package spyglass.master;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import java.util.ArrayList;
import java.util.List;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/** A crew of three with invented pids, in invented time: what a {@link Master} does, without one. */
final class InventedCrew {

  static final int KILLED = 128 + 9;

  private final Crew crew;

  /** The clock runs over the largest long during most tests: System.nanoTime is allowed to. */
  private long now = Long.MAX_VALUE - MILLISECONDS.toNanos(50);

  private long lastPid = 100;
  private List<Long> newest = List.of();

  InventedCrew() {
    this(TestPlan.of(Accept.SHARED, 3));
  }

  InventedCrew(Plan plan) {
    crew = new Crew(plan);
  }

  List<Order> begin() {
    return carryOut(crew.begin(now));
  }

  List<Order> beat(long pid, byte... levels) {
    List<Order> orders = new ArrayList<>();
    for (byte level : levels) {
      orders.addAll(carryOut(crew.beat(pid, level, now)));
    }
    return orders;
  }

  List<Order> counted(long pid, long served) {
    return carryOut(crew.counted(pid, 0, served, now));
  }

  List<Order> demanded(Demand.OfStaff demand) {
    return carryOut(crew.demanded(demand, now));
  }

  List<Order> ended(long pid, int status) {
    return carryOut(crew.ended(pid, status, now));
  }

  void stoodStill() {
    crew.stoodStill(now);
  }

  Figures figures() {
    return crew.figures(now);
  }

  List<Order> told() {
    return carryOut(crew.told("a test wants it", now));
  }

  List<Order> tick() {
    return carryOut(crew.tick(now));
  }

  /** Lets time pass without a look at the clock. */
  InventedCrew sleep(long millis) {
    now += MILLISECONDS.toNanos(millis);
    return this;
  }

  /** Lets time pass in seconds, with a look at the clock after each, as a master does. */
  List<Order> seconds(int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sleep(1_000);
      orders.addAll(tick());
    }
    return orders;
  }

  long millisToNext() {
    return crew.nanosToNext(now) / MILLISECONDS.toNanos(1);
  }

  /** The pids that came of the orders of the last call that ordered starts. */
  List<Long> newest() {
    return newest;
  }

  /** Starts the first worker, has it ready, and then the others; answers all three pids. */
  List<Long> allServing() {
    begin();
    List<Long> pids = new ArrayList<>(newest);
    beat(pids.getFirst(), Beat.READY);
    sleep(100).tick();
    pids.addAll(newest);
    newest.forEach(pid -> beat(pid, Beat.READY));
    return pids;
  }

  /** Without the starts happening: a master's start takes its time. */
  Crew bare() {
    return crew;
  }

  long now() {
    return now;
  }

  private List<Order> carryOut(List<Order> orders) {
    List<Order> all = new ArrayList<>(orders);
    List<Long> started = new ArrayList<>();
    for (Order order : orders) {
      if (order instanceof Order.Start) {
        lastPid++;
        started.add(lastPid);
        all.addAll(crew.started(lastPid, now));
      }
    }
    if (!started.isEmpty()) {
      newest = started;
    }
    return all;
  }

  static Order leave() {
    return new Order.Leave(Exit.FINE);
  }
}
