package spyglass.master;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Parent;
import spyglass.process.Resident;
import spyglass.process.Wake;
import spyglass.worker.Beat;

/**
 * One queue, one loop, one switch. Signals, pipes and the clock all end up as events in the queue,
 * and one thread takes them out, so nothing here is locked and nothing happens at the same time.
 */
final class Master {

  /** With -vvv. */
  private static final Logger EVENTS = LoggerFactory.getLogger("event.Master");

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final long LISTENING = TimeUnit.MILLISECONDS.toNanos(50);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final OwnTime time = new OwnTime(System::nanoTime);
  private final Plan plan;
  private final Trainees trainees;
  private final Children children;
  private final OutputStream toLookout;
  private final Parent parent;
  private final Staff staff;
  private final Reporter reporter;
  private boolean terminated;
  private int leaveWith = -1;

  Master(
      Plan plan, Optional<Process> first, Trainees trainees, OutputStream toLookout, Parent parent)
      throws IOException {
    this.plan = plan;
    this.staff = staff(plan);
    this.trainees = trainees;
    this.children = new Children(plan.accept(), first, trainees, events::add);
    this.toLookout = toLookout;
    this.parent = parent;
    this.reporter = new Reporter(plan.workers(), Resident::of);
  }

  private static Staff staff(Plan plan) {
    return switch (plan.accept()) {
      case SHARED -> new Crew(plan);
      case PASS -> new PassCrew(plan);
      case SPAWN -> new SpawnCrew(plan, Wake.reason().equals(Wake.ORDER));
    };
  }

  /** SIGTERM has come: ends in order, and the second time at once. Any thread. */
  void terminate() {
    events.add(new Event.Terminated());
  }

  /** Somebody wants something by a signal. Any thread. */
  void demand(Demand demand) {
    events.add(new Event.Demanded(demand));
  }

  /**
   * Babysits until the last worker has left.
   *
   * @param control the lookout's control socket, if it has one
   * @return the status to exit with
   */
  int run(Optional<Path> control) throws InterruptedException {
    carryOut(staff.begin(time.now()));
    // Not before a worker is on its way: somebody is waiting for that one.
    control.ifPresent(socket -> ControlLink.keep(socket, events::add));
    long lastTick = time.now();
    while (leaveWith < 0) {
      long now = time.now();
      long wait = Math.min(lastTick + SECOND - now, staff.nanosToNext(now));
      Event event = events.poll(wait, TimeUnit.NANOSECONDS);
      if (event != null) {
        handle(event);
      }
      if (event == null || time.now() - lastTick >= SECOND) {
        lastTick = time.now();
        listen();
        tick();
      }
    }
    Figures figures = staff.figures(time.now());
    children.end(figures.stage().equals(Stage.SLEEPING.word()));
    reporter.end(figures);
    return leaveWith;
  }

  /**
   * A little time for those who read the pipes, before anything is decided by the clock. A process that
   * was stopped finds the time over as soon as it goes on, and has not heard yet what happened meanwhile.
   */
  private void listen() throws InterruptedException {
    // Who has much to tell shall not keep us from the clock.
    long most = System.nanoTime() + SECOND;
    long until;
    do {
      until = System.nanoTime() + LISTENING;
      Event event = events.poll(LISTENING, TimeUnit.NANOSECONDS);
      while (event != null) {
        handle(event);
        long left = most - System.nanoTime() > 0 ? until - System.nanoTime() : -1;
        event = left > 0 ? events.poll(left, TimeUnit.NANOSECONDS) : null;
      }
      // Stopped even here: then nobody has had that time.
    } while (System.nanoTime() - until > LISTENING && System.nanoTime() - most < 0);
  }

  private void handle(Event event) {
    EVENTS.trace("{}", event);
    long now = time.now();
    switch (event) {
      case Event.Beat(long pid, byte level) -> {
        if (level == Beat.READY) {
          children.ready(pid);
        }
        carryOut(staff.beat(pid, level, now));
      }
      case Event.Counted(long pid, long inFlight, long served) ->
          carryOut(staff.counted(pid, inFlight, served, now));
      case Event.Ended(long pid, int status) -> {
        int how = children.forget(pid, status);
        carryOut(staff.ended(pid, how, now));
      }
      case Event.AtGate atGate -> {
        carryOut(staff.atGate(atGate, now));
        if (atGate instanceof Event.LinkEnded(long pid)) {
          children.linkEnded(pid);
        }
      }
      case Event.Terminated() -> {
        carryOut(terminated(now));
        reporter.changed(staff.figures(now));
      }
      case Event.Demanded(Demand demand) -> {
        obey(demand, now);
        reporter.changed(staff.figures(now));
      }
      case Event.Connected(ControlLink link) -> reporter.connected(link, staff.figures(now));
    }
  }

  private List<Order> terminated(long now) {
    boolean again = terminated;
    terminated = true;
    return again ? staff.demanded(new Demand.Cut(), now) : staff.told("told to stop", now);
  }

  private void obey(Demand demand, long now) {
    switch (demand) {
      case Demand.Status() -> reporter.answer(staff.figures(now));
      case Demand.Dump() -> children.dumpAll();
      case Demand.OfStaff ofStaff -> carryOut(staff.demanded(ofStaff, now));
    }
  }

  /** Once a second, and when it is time for something; after all that had happened before. */
  private void tick() {
    children.tellDeaths();
    long now = time.now();
    if (time.hasStoodStill()) {
      staff.stoodStill(now);
    }
    if (parent.isGone()) {
      carryOut(staff.told("the lookout is gone", now));
    }
    if (plan.maxMemory() > 0) {
      children.weigh((pid, bytes) -> staff.weighed(pid, bytes, now));
    }
    carryOut(staff.tick(now));
    Figures figures = staff.figures(now);
    reporter.changed(figures);
    reporter.tick(figures);
  }

  private void carryOut(List<Order> orders) {
    for (Order order : orders) {
      switch (order) {
        case Order.Start() -> start(children::start);
        case Order.StartFor(long number) -> start(() -> children.startFor(number));
        case Order.Term(long pid) -> children.term(pid);
        case Order.Cut(long pid) -> children.cut(pid);
        case Order.Kill(long pid) -> children.kill(pid);
        case Order.Dump(long pid) -> children.dump(pid);
        case Order.Report(String error) -> reporter.error(error);
        case Order.TellReady() -> {
          tellReady();
          reporter.changed(staff.figures(time.now()));
        }
        case Order.Leave(int status) -> leaveWith = status;
        case Order.AtGate atGate -> children.carryOut(atGate);
      }
    }
  }

  private interface Starter {
    long start() throws IOException;
  }

  private void start(Starter starter) {
    try {
      long pid = starter.start();
      reporter.trained(trainees.word());
      carryOut(staff.started(pid, time.now()));
    } catch (IOException e) {
      reporter.error("cannot start a worker: " + e.getMessage());
      carryOut(staff.notStarted(time.now()));
    }
  }

  private void tellReady() {
    try {
      char level = (char) (trainees.isTrained() ? Beat.TRAINED : Beat.READY);
      String word = FirstWorker.readyAfter() + level;
      toLookout.write(word.getBytes(StandardCharsets.US_ASCII));
      toLookout.flush();
    } catch (IOException e) {
      // EPIPE: the lookout is gone. The next tick notices, and all is ended in order.
    }
  }
}
