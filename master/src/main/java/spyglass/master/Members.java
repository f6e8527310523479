package spyglass.master;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** All workers that live, the oldest first, and what the dead have left: their figures. */
final class Members {

  private final Map<Long, Member> all = new LinkedHashMap<>();
  private long servedByTheGone;

  void add(Member member) {
    all.put(member.pid(), member);
  }

  Optional<Member> find(long pid) {
    return Optional.ofNullable(all.get(pid));
  }

  Optional<Member> remove(long pid) {
    Optional<Member> gone = Optional.ofNullable(all.remove(pid));
    gone.ifPresent(member -> servedByTheGone += member.served());
    return gone;
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  Stream<Member> stream() {
    return all.values().stream();
  }

  /** How many of them are so. */
  int count(Predicate<Member> property) {
    return (int) stream().filter(property).count();
  }

  /** How many serve, or will when they are ready. */
  int serving() {
    return count(Member::isServing);
  }

  /** How many serve. */
  int ready() {
    return count(Member::isReady);
  }

  boolean anyBusy() {
    return stream().anyMatch(Member::isBusy);
  }

  /** Who is missed least: one that does not serve yet, or has no work; of equals the youngest. */
  Optional<Member> mostDispensable() {
    return List.copyOf(all.values()).reversed().stream()
        .filter(Member::isServing)
        .min(Comparator.comparing(Member::isReady).thenComparing(Member::isBusy));
  }

  /** What each of them gives rise to, in turn. */
  List<Order> each(Function<Member, List<Order>> orders) {
    return List.copyOf(all.values()).stream()
        .flatMap(member -> orders.apply(member).stream())
        .toList();
  }

  /** All that was answered, by the dead too. */
  long served() {
    return servedByTheGone + stream().mapToLong(Member::served).sum();
  }

  long inFlight() {
    return stream().mapToLong(Member::inFlight).sum();
  }

  /** One figure for each. */
  List<Figures.Worker> figures(long now) {
    return stream()
        .map(it ->
            new Figures.Worker(it.pid(), it.state(), now - it.since(), it.inFlight(), it.served()))
        .toList();
  }
}
