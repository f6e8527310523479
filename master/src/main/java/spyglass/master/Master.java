package spyglass.master;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Parent;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/**
 * One queue, one loop, one switch. Signals, pipes and the clock all end up as events in the queue,
 * and one thread takes them out, so nothing here is locked and nothing happens at the same time.
 */
final class Master {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** With -vvv. */
  private static final Logger EVENTS = LoggerFactory.getLogger("event.Master");

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<Long, Child> children = new HashMap<>();
  private final List<String> workerCommand;
  private final OutputStream toLookout;
  private final Parent parent;
  private final Staff staff;
  private final Optional<Gate> gate;
  private int leaveWith = -1;

  Master(Plan plan, List<String> workerCommand, OutputStream toLookout, Parent parent)
      throws IOException {
    this.staff = staff(plan);
    this.gate =
        plan.accept() == Accept.SHARED
            ? Optional.empty()
            : Optional.of(new Gate(Descriptors.find(), events::add));
    this.workerCommand = workerCommand;
    this.toLookout = toLookout;
    this.parent = parent;
  }

  private static Staff staff(Plan plan) {
    return switch (plan.accept()) {
      case SHARED -> new Crew(plan);
      case PASS -> new PassCrew(plan);
      case SPAWN -> new SpawnCrew(plan);
    };
  }

  /** Has the master end in order. Any thread. */
  void tell(String why) {
    events.add(new Event.Told(why));
  }

  /**
   * Babysits until the last worker has left.
   *
   * @return the status to exit with
   */
  int run() throws InterruptedException {
    carryOut(staff.begin(System.nanoTime()));
    long lastTick = System.nanoTime();
    while (leaveWith < 0) {
      long now = System.nanoTime();
      long wait = Math.min(lastTick + SECOND - now, staff.nanosToNext(now));
      Event event = events.poll(wait, TimeUnit.NANOSECONDS);
      if (event == null) {
        event = new Event.Tick();
        lastTick = System.nanoTime();
      }
      handle(event);
    }
    return leaveWith;
  }

  private void handle(Event event) {
    EVENTS.trace("{}", event);
    long now = System.nanoTime();
    switch (event) {
      case Event.Beat(long pid, byte level) -> carryOut(staff.beat(pid, level, now));
      case Event.Ended(long pid, int status) -> {
        children.remove(pid);
        carryOut(staff.ended(pid, status, now));
      }
      case Event.AtGate atGate -> {
        carryOut(staff.atGate(atGate, now));
        if (atGate instanceof Event.LinkEnded(long pid)) {
          gate().linkEnded(pid);
        }
      }
      case Event.Told(String why) -> carryOut(staff.told(why, now));
      case Event.Tick() -> {
        if (parent.isGone()) {
          tell("the lookout is gone");
        }
        children.values().forEach(child -> child.tellIfDead(events::add));
        carryOut(staff.tick(now));
      }
    }
  }

  private void carryOut(List<Order> orders) {
    for (Order order : orders) {
      switch (order) {
        case Order.Start() -> start(this::startWorker);
        case Order.StartFor(long number) -> start(() -> gate().startFor(number, workerCommand));
        case Order.Term(long pid) -> child(pid).term();
        case Order.Kill(long pid) -> {
          LOG.warn("killing worker {}: it was asked and given its time", pid);
          child(pid).kill();
        }
        case Order.TellReady() -> tellReady();
        case Order.Leave(int status) -> leaveWith = status;
        case Order.AtGate atGate -> gate().carryOut(atGate);
      }
    }
  }

  private Child child(long pid) {
    return Objects.requireNonNull(children.get(pid), "the crew knows a worker that we do not");
  }

  private Gate gate() {
    return gate.orElseThrow(() -> new IllegalStateException("this master does not accept"));
  }

  private interface Starter {
    Child start() throws IOException;
  }

  private Child startWorker() throws IOException {
    return gate.isPresent()
        ? gate().startLinked(workerCommand)
        : Child.start(workerCommand, events::add);
  }

  private void start(Starter starter) {
    try {
      Child child = starter.start();
      children.put(child.pid(), child);
      LOG.debug("started worker {}", child.pid());
      carryOut(staff.started(child.pid(), System.nanoTime()));
    } catch (IOException e) {
      LOG.error("cannot start a worker: {}", e.getMessage());
      carryOut(staff.notStarted(System.nanoTime()));
    }
  }

  private void tellReady() {
    try {
      toLookout.write(Beat.READY);
      toLookout.flush();
    } catch (IOException e) {
      // EPIPE: the lookout is gone. The next tick notices, and all is ended in order.
    }
  }
}
