package spyglass.master;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How one worker is made to leave. SIGTERM asks it to finish and go; SIGALRM has it cut what is left;
 * SIGKILL is for one that obeys neither. What is due when depends on the reason:
 *
 * <pre>
 *   sleep, reload, recycling, fewer   TERM, and then it has as long as its work takes
 *   told to stop, an app that hangs   TERM, after --drain ALRM, two seconds later KILL
 *   no sign of life                   thread dump, a second later TERM, after five seconds KILL
 * </pre>
 */
final class Departure {

  /** How long after ALRM, for what is left to be cut. */
  static final long GRACE = TimeUnit.SECONDS.toNanos(2);

  private static final long FOR_A_DUMP = TimeUnit.SECONDS.toNanos(1);
  private static final long SHORT = TimeUnit.SECONDS.toNanos(5);

  private record Step(long at, Order order) {}

  private final long pid;
  private final Deque<Step> steps = new ArrayDeque<>();
  private boolean hears;
  private boolean begun;
  private boolean owed;
  private boolean cutting;
  private boolean killing;

  Departure(long pid) {
    this.pid = pid;
  }

  /** Whether this worker was asked to leave, or soon is. */
  boolean hasBegun() {
    return begun;
  }

  /** It leaves already, by an order that was not ours. */
  void begin() {
    begun = true;
  }

  /**
   * It is ready, and so has its own handler of TERM. Before it has one, TERM is its JVM's to handle, which
   * takes its time to end and has the rest go on meanwhile: somebody could still be accepted there.
   */
  List<Order> hears(long now) {
    hears = true;
    return pay(now);
  }

  /** It may take as long as its work, or until it can be asked. */
  List<Order> ask(long now) {
    if (!begun) {
      begun = true;
      owed = true;
    }
    return pay(now);
  }

  private List<Order> pay(long now) {
    if (owed && hears) {
      owed = false;
      term(now);
    }
    return due(now);
  }

  /**
   * It may take so long, counted from now, unless it has less time already. Nobody comes any more, or
   * another has taken its place, so it is asked as if it could hear.
   */
  List<Order> ask(long now, long drain) {
    boolean limited = killing;
    hears = true;
    List<Order> orders = ask(now);
    if (!limited) {
      steps.add(new Step(now + drain, new Order.Cut(pid)));
      kill(now + drain + GRACE);
    }
    return orders;
  }

  /** It is to drop what it has. */
  List<Order> cut(long now) {
    if (!cutting) {
      cutting = true;
      clear();
      begun = true;
      steps.add(new Step(now, new Order.Cut(pid)));
      kill(now + GRACE);
    }
    return due(now);
  }

  /** It seems not to run any more. The dump goes first: to print one it must be alive. */
  List<Order> force(long now) {
    clear();
    begun = true;
    steps.add(new Step(now, new Order.Dump(pid)));
    term(now + FOR_A_DUMP);
    kill(now + SHORT);
    return due(now);
  }

  /** Its time is over. */
  List<Order> end(long now) {
    clear();
    begun = true;
    kill(now);
    return due(now);
  }

  /** Whether SIGKILL was sent, or has its time. */
  boolean isLimited() {
    return killing;
  }

  /** What is to be done by now. */
  List<Order> due(long now) {
    List<Order> orders = new ArrayList<>();
    while (!steps.isEmpty() && now - steps.getFirst().at >= 0) {
      orders.add(steps.removeFirst().order);
    }
    return orders;
  }

  private void clear() {
    steps.clear();
    owed = false;
  }

  private void term(long at) {
    steps.add(new Step(at, new Order.Term(pid)));
  }

  private void kill(long at) {
    killing = true;
    steps.add(new Step(at, new Order.Kill(pid)));
  }
}
