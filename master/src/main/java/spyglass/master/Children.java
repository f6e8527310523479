package spyglass.master;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Wake;
import spyglass.worker.Accept;

/** The worker processes: starts them and does to them what was decided. For the master's one thread. */
final class Children {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private final Map<Long, Child> all = new HashMap<>();
  private final List<Child> lingering = new ArrayList<>();
  private final Trainees trainees;
  private final Consumer<Event> tell;
  private final Optional<Gate> gate;
  private Optional<Process> first;
  private boolean anyStarted;

  /** The first, if there is one, was started before we were, with the command that we were told. */
  Children(Accept accept, Optional<Process> first, Trainees trainees, Consumer<Event> tell)
      throws IOException {
    this.first = first;
    this.trainees = trainees;
    this.tell = tell;
    this.gate =
        accept == Accept.SHARED
            ? Optional.empty()
            : Optional.of(new Gate(Descriptors.find(), tell));
  }

  /** Starts a worker, unless the first is there already; answers its pid. */
  long start() throws IOException {
    if (first.isPresent()) {
      Process started = first.get();
      first = Optional.empty();
      return add(Child.of(started, tell), trainees.firstCommand());
    }
    List<String> command = trainees.command();
    Child child =
        gate.isPresent() ? gate().startLinked(command, why()) : Child.start(command, why(), tell);
    return add(child, command);
  }

  /** Starts a worker for one connection; answers its pid. */
  long startFor(long number) throws IOException {
    List<String> command = trainees.command();
    return add(gate().startFor(number, command, why()), command);
  }

  /** The first is started for what the lookout was woken for. */
  private String why() {
    return anyStarted ? Wake.COMPANY : Wake.reason();
  }

  private long add(Child child, List<String> command) {
    anyStarted = true;
    all.put(child.pid(), child);
    trainees.started(child.pid(), command);
    LOG.debug("started worker {}", child.pid());
    return child.pid();
  }

  void term(long pid) {
    child(pid).term();
  }

  void cut(long pid) {
    child(pid).cut();
  }

  void kill(long pid) {
    LOG.warn("killing worker {}: it was asked and given its time", pid);
    trainees.killed(pid);
    child(pid).kill();
  }

  void dump(long pid) {
    child(pid).dump();
  }

  /** Has all of them print their threads, and ourselves. */
  void dumpAll() {
    List<Long> pids = new ArrayList<>(all.keySet());
    pids.add(ProcessHandle.current().pid());
    Shell.dump(pids);
  }

  /** Tells of each how many bytes of memory it has. */
  void weigh(ObjLongConsumer<Long> scales) {
    all.forEach((pid, child) -> scales.accept(pid, child.memory()));
  }

  /** One of them serves. */
  void ready(long pid) {
    trainees.ready(pid);
  }

  /**
   * One of them is dead, and was waited for; or as good as dead.
   *
   * @return how its end is to be taken
   */
  int forget(long pid, int status) {
    Child child = all.remove(pid);
    if (child != null && child.isAlive()) {
      lingering.add(child);
    }
    return trainees.ended(pid, status);
  }

  /** Looks for deaths that no pipe has told. */
  void tellDeaths() {
    all.values().forEach(child -> child.tellIfDead(tell));
  }

  void carryOut(Order.AtGate order) {
    gate().carryOut(order);
  }

  void linkEnded(long pid) {
    gate().linkEnded(pid);
  }

  /**
   * All have left, and none will be started. Who still writes a recording may do so when all are asleep;
   * a server that was stopped is to be gone.
   */
  void end(boolean asleep) {
    gate.ifPresent(Gate::end);
    if (!asleep) {
      // One that has ended was waited for, and its pid may be a stranger's by now.
      lingering.stream().filter(Child::isAlive).forEach(Child::kill);
      trainees.forget();
    }
  }

  private Child child(long pid) {
    return Objects.requireNonNull(all.get(pid), "the crew knows a worker that we do not");
  }

  private Gate gate() {
    return gate.orElseThrow(() -> new IllegalStateException("this master does not accept"));
  }
}
