package spyglass.master;

import java.util.List;

/**
 * Those who decide what a master does. They are told what happened, and when, and answer with orders,
 * which are carried out in turn; they make no system call. Times are those of {@link OwnTime}.
 */
interface Staff {

  /** The master has begun. */
  List<Order> begin(long now);

  /** A start that was ordered has happened; perhaps when it was not wanted any more. */
  List<Order> started(long pid, long now);

  /** A start that was ordered could not happen: no process, no memory, no descriptor to be had. */
  List<Order> notStarted(long now);

  /** A byte from a worker. */
  List<Order> beat(long pid, byte level, long now);

  /** Figures from a worker: requests it has now, and has answered in all. */
  List<Order> counted(long pid, long inFlight, long served, long now);

  /** How many bytes of memory a worker has; only where there is a limit to that. */
  default void weighed(long pid, long bytes, long now) {}

  /** A worker is dead. */
  List<Order> ended(long pid, int how, long now);

  /** Something about connections. Where each worker accepts for itself, that does not happen. */
  default List<Order> atGate(Event.AtGate event, long now) {
    return List.of();
  }

  /** Somebody wants this master and its workers to end in order. Any number of times. */
  List<Order> told(String why, long now);

  /** Somebody wants something else. */
  List<Order> demanded(Demand.OfStaff demand, long now);

  /** The master did not run for a while: what the workers have said meanwhile is yet to be heard. */
  void stoodStill(long now);

  /** Looks at the clock. */
  List<Order> tick(long now);

  /** How long until there may be something to decide though nothing has happened. */
  long nanosToNext(long now);

  /** How everybody is. */
  Figures figures(long now);
}
