package spyglass.master;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which connection goes to whom. A worker says how many it has room for, and gets no more than that.
 * The master accepts only when somebody has asked: who waits in the kernel's queue survives anything
 * but the lookout, who was accepted does not survive us.
 *
 * <pre>
 *   accepted --> waiting --passed--> held by a worker --begun--> the worker's alone
 *                   ^                      |
 *                   +--dead, or could not--+
 * </pre>
 *
 * No system call is made here; the tests invent pids and numbers.
 */
final class Offers {

  /** Who has asked, for how many; who has waited longest stands first. */
  private final Map<Long, Integer> room = new LinkedHashMap<>();

  /** Those of them who cannot be reached; they are tried again at the next look at the clock. */
  private final Map<Long, Integer> aside = new LinkedHashMap<>();

  /** Workers that live and want connections. */
  private final Set<Long> open = new HashSet<>();

  /** Who has which, and has not begun. */
  private final Map<Long, Long> held = new LinkedHashMap<>();

  /** Accepted, and nobody has them; the first that came stands first, however often it was offered. */
  private final TreeSet<Long> waiting = new TreeSet<>();

  private final Invitation invitation = new Invitation();
  private boolean opened;
  private long passed;
  private long begun;
  private long offeredAgain;

  /** From now on connections may be accepted. */
  List<Order> open() {
    opened = true;
    return next();
  }

  /** From now on none may be accepted. What is under way is done when {@link #isSettled}. */
  List<Order> close() {
    opened = false;
    return next();
  }

  /** Whether a worker has begun with every connection, and none can come any more. */
  boolean isSettled() {
    return !opened && !invitation.isOut() && !anyUnbegun();
  }

  /** Whether there is a connection with which no worker has begun. */
  boolean anyUnbegun() {
    return !held.isEmpty() || !waiting.isEmpty();
  }

  /** What was accepted and is nobody's is given up. */
  List<Order> abandon() {
    List<Order> orders = new ArrayList<>();
    waiting.forEach(number -> orders.add(new Order.Close(number)));
    waiting.clear();
    return orders;
  }

  void started(long pid) {
    open.add(pid);
  }

  List<Order> asked(long pid, int count) {
    if (open.contains(pid)) {
      (aside.containsKey(pid) ? aside : room).merge(pid, count, Integer::sum);
    }
    return next();
  }

  /** A worker wants no more; what was passed to it is on its way, and it will wait for that. */
  List<Order> enough(long pid) {
    boolean had = open.remove(pid);
    forget(pid);
    List<Order> orders = new ArrayList<>();
    if (had) {
      orders.add(new Order.End(pid));
    }
    orders.addAll(next());
    return orders;
  }

  List<Order> accepted(long number) {
    waiting.add(number);
    return notAccepted();
  }

  List<Order> notAccepted() {
    invitation.answered();
    return next();
  }

  List<Order> begun(long pid, long number) {
    if (!held.remove(number, pid)) {
      return List.of();
    }
    begun++;
    return List.of(new Order.Close(number));
  }

  /** A worker could not take what was passed to it. When it can take another, it will ask. */
  List<Order> lost(long pid, long number) {
    takeBack(pid, number);
    return next();
  }

  /** A connection did not get as far as the worker, which does not read: somebody else's turn. */
  List<Order> notPassed(long pid, long number) {
    takeBack(pid, number);
    if (open.contains(pid)) {
      int left = room.getOrDefault(pid, 0);
      room.remove(pid);
      aside.merge(pid, left + 1, Integer::sum);
    }
    return next();
  }

  private void takeBack(long pid, long number) {
    if (held.remove(number, pid)) {
      waiting.add(number);
      offeredAgain++;
    }
  }

  /** A worker is dead: what it had not begun is offered again. */
  List<Order> ended(long pid) {
    open.remove(pid);
    forget(pid);
    List<Long> left =
        held.entrySet().stream()
            .filter(entry -> entry.getValue() == pid)
            .map(Map.Entry::getKey)
            .toList();
    left.forEach(number -> takeBack(pid, number));
    return next();
  }

  /** Time has passed: who could not be reached may be now. */
  List<Order> tick() {
    aside.forEach((pid, count) -> room.merge(pid, count, Integer::sum));
    aside.clear();
    return next();
  }

  private void forget(long pid) {
    room.remove(pid);
    aside.remove(pid);
  }

  private List<Order> next() {
    List<Order> orders = new ArrayList<>();
    while (!waiting.isEmpty() && !room.isEmpty()) {
      orders.add(pass(waiting.removeFirst()));
    }
    orders.addAll(invitation.want(opened && !room.isEmpty()));
    return orders;
  }

  private Order pass(long number) {
    Map.Entry<Long, Integer> first = room.entrySet().iterator().next();
    long pid = first.getKey();
    int left = first.getValue() - 1;
    room.remove(pid);
    if (left > 0) {
      // At the end: all others have waited longer now.
      room.put(pid, left);
    }
    held.put(number, pid);
    passed++;
    return new Order.Pass(pid, number);
  }

  /** What was passed has begun, or was offered again, or is held: nothing else can become of it. */
  @Override
  public String toString() {
    return "passed %d: begun %d, offered again %d, held %d; %d wait"
        .formatted(passed, begun, offeredAgain, held.size(), waiting.size());
  }
}
