package spyglass.master;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Crew} whose connections the master accepts: {@code --accept pass}. Who lives and who is
 * replaced is the crew's to say; what is added is in {@link Offers}, and that nobody leaves while
 * a connection is on its way.
 *
 * <p>The end has one step more: nothing is accepted any more; what was accepted is handed out, and we
 * wait until workers have begun with all of it, as one that dies before that is still replaced; then
 * the workers are asked to leave.
 */
final class PassCrew implements Staff {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private final Crew crew;
  private final Offers offers = new Offers();
  private final long drainNanos;
  private Optional<String> leaving = Optional.empty();
  private boolean handedOut;
  private long leaveBy;

  PassCrew(Plan plan) {
    crew = new Crew(plan);
    drainNanos = plan.drainNanos();
  }

  @Override
  public List<Order> begin(long now) {
    return crew.begin(now);
  }

  @Override
  public List<Order> started(long pid, long now) {
    offers.started(pid);
    return crew.started(pid, now);
  }

  @Override
  public List<Order> notStarted(long now) {
    return crew.notStarted(now);
  }

  @Override
  public List<Order> beat(long pid, byte level, long now) {
    List<Order> orders = crew.beat(pid, level, now);
    // A worker may ask before its r is heard, as these are two ways to us. Nothing is accepted
    // for a boot that may still fail.
    return orders.contains(new Order.TellReady()) ? both(orders, offers.open()) : orders;
  }

  @Override
  public List<Order> ended(long pid, int how, long now) {
    // Not yet the end for its connections: what it said last may still be on the way to us.
    return seenOff(crew.ended(pid, how, now));
  }

  @Override
  public List<Order> atGate(Event.AtGate event, long now) {
    List<Order> orders =
        switch (event) {
          case Event.Accepted(long number) -> {
            crew.touch(now);
            yield offers.accepted(number);
          }
          case Event.NotAccepted() -> offers.notAccepted();
          case Event.NotPassed(long pid, long number) -> offers.notPassed(pid, number);
          case Event.LinkEnded(long pid) -> offers.ended(pid);
          case Event.Heard(long pid, Descriptors.Said said) -> said(pid, said);
        };
    return both(orders, leaveIfHandedOut(now));
  }

  private List<Order> said(long pid, Descriptors.Said said) {
    return switch (said) {
      case Descriptors.Said.Asked(int count) -> offers.asked(pid, count);
      case Descriptors.Said.Begun(long number) -> offers.begun(pid, number);
      case Descriptors.Said.Lost(long number) -> offers.lost(pid, number);
      case Descriptors.Said.Enough() -> offers.enough(pid);
    };
  }

  @Override
  public List<Order> told(String why, long now) {
    if (leaving.isPresent()) {
      return List.of();
    }
    leaving = Optional.of(why);
    leaveBy = now + drainNanos;
    return both(offers.close(), leaveIfHandedOut(now));
  }

  private List<Order> leaveIfHandedOut(long now) {
    if (leaving.isEmpty() || handedOut || !offers.isSettled()) {
      return List.of();
    }
    return askToLeave(now);
  }

  private List<Order> askToLeave(long now) {
    handedOut = true;
    return seenOff(crew.told(leaving.orElseThrow(), now));
  }

  @Override
  public List<Order> tick(long now) {
    List<Order> orders = new ArrayList<>(offers.tick());
    if (leaving.isPresent() && !handedOut && now - leaveBy >= 0) {
      LOG.warn("no worker has begun with connections that were accepted: {}", offers);
      orders.addAll(offers.abandon());
      orders.addAll(askToLeave(now));
    }
    if (!offers.anyUnbegun() && crew.isQuiet(now)) {
      orders.addAll(told(Crew.QUIET, now));
    }
    if (leaving.isPresent() || offers.anyUnbegun()) {
      // It must not go to sleep by itself: we say when.
      crew.touch(now);
    }
    orders.addAll(seenOff(crew.tick(now)));
    return orders;
  }

  /** The crew's last order is the time to look at the books. */
  private List<Order> seenOff(List<Order> orders) {
    if (orders.stream().anyMatch(Order.Leave.class::isInstance)) {
      LOG.debug("{}", offers);
    }
    return orders;
  }

  @Override
  public long nanosToNext(long now) {
    return crew.nanosToNext(now);
  }

  private static List<Order> both(List<Order> first, List<Order> second) {
    List<Order> orders = new ArrayList<>(first);
    orders.addAll(second);
    return orders;
  }
}
