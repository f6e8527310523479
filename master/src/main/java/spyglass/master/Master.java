package spyglass.master;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Parent;
import spyglass.worker.Beat;

/**
 * One queue, one loop, one switch. Signals, pipes and the clock all end up as events in the queue,
 * and one thread takes them out, so nothing here is locked and nothing happens at the same time.
 */
final class Master {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
  private final Map<Long, Child> children = new HashMap<>();
  private final List<String> workerCommand;
  private final OutputStream toLookout;
  private final Parent parent;
  private final Crew crew;
  private int leaveWith = -1;

  Master(Plan plan, List<String> workerCommand, OutputStream toLookout, Parent parent) {
    this.crew = new Crew(plan);
    this.workerCommand = workerCommand;
    this.toLookout = toLookout;
    this.parent = parent;
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
    carryOut(crew.begin(System.nanoTime()));
    long lastTick = System.nanoTime();
    while (leaveWith < 0) {
      long now = System.nanoTime();
      long wait = Math.min(lastTick + SECOND - now, crew.nanosToNext(now));
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
    long now = System.nanoTime();
    switch (event) {
      case Event.Beat(long pid, byte level) -> carryOut(crew.beat(pid, level, now));
      case Event.Ended(long pid, int status) -> {
        children.remove(pid);
        carryOut(crew.ended(pid, status, now));
      }
      case Event.Told(String why) -> carryOut(crew.told(why, now));
      case Event.Tick() -> {
        if (parent.isGone()) {
          tell("the lookout is gone");
        }
        children.values().forEach(child -> child.tellIfDead(events::add));
        carryOut(crew.tick(now));
      }
    }
  }

  private void carryOut(List<Order> orders) {
    for (Order order : orders) {
      switch (order) {
        case Order.Start() -> start();
        case Order.Term(long pid) -> child(pid).term();
        case Order.Kill(long pid) -> {
          LOG.warn("killing worker {}: it was asked and given its time", pid);
          child(pid).kill();
        }
        case Order.TellReady() -> tellReady();
        case Order.Leave(int status) -> leaveWith = status;
      }
    }
  }

  private Child child(long pid) {
    return Objects.requireNonNull(children.get(pid), "the crew knows a worker that we do not");
  }

  private void start() {
    try {
      Child child = Child.start(workerCommand, events::add);
      children.put(child.pid(), child);
      LOG.debug("started worker {}", child.pid());
      carryOut(crew.started(child.pid(), System.nanoTime()));
    } catch (IOException e) {
      LOG.error("cannot start a worker: {}", e.getMessage());
      carryOut(crew.notStarted(System.nanoTime()));
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
