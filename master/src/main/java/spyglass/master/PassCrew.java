package spyglass.master;

import static spyglass.master.Orders.both;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Crew} whose connections the master accepts: {@code --accept pass}. Who lives and who is
 * replaced is the crew's to say; what is added is in {@link Offers}, and that nobody leaves while
 * a connection is on its way.
 *
 * <p>The end has one step more: nothing is accepted any more; what was accepted is handed out, and we
 * wait until workers have begun with all of it, as one that dies before that is still replaced; then
 * the workers are asked to leave. When all that is for sleep, whoever is accepted in the meantime
 * takes it back.
 */
final class PassCrew implements Staff {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** Whether visitors are let in. */
  private enum Entrance {
    OPEN,
    CLOSING_TO_SLEEP,
    CLOSING_TO_STOP,
    CLOSED
  }

  private final Crew crew;
  private final Offers offers = new Offers();
  private final long drainNanos;
  private Entrance entrance = Entrance.OPEN;
  private String why = "";
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
    return followed(crew.notStarted(now));
  }

  @Override
  public List<Order> beat(long pid, byte level, long now) {
    List<Order> orders = crew.beat(pid, level, now);
    // A worker may ask before its r is heard, as these are two ways to us. Nothing is accepted
    // for a boot that may still fail.
    return orders.contains(new Order.TellReady()) ? both(orders, offers.open()) : orders;
  }

  @Override
  public List<Order> counted(long pid, long inFlight, long served, long now) {
    return crew.counted(pid, inFlight, served, now);
  }

  @Override
  public void weighed(long pid, long bytes, long now) {
    crew.weighed(pid, bytes, now);
  }

  @Override
  public List<Order> ended(long pid, int how, long now) {
    // Not yet the end for its connections: what it said last may still be on the way to us.
    return followed(crew.ended(pid, how, now));
  }

  @Override
  public List<Order> atGate(Event.AtGate event, long now) {
    List<Order> orders =
        switch (event) {
          case Event.Accepted(long number) -> accepted(number, now);
          case Event.NotAccepted() -> offers.notAccepted();
          case Event.NotPassed(long pid, long number) -> offers.notPassed(pid, number);
          case Event.LinkEnded(long pid) -> offers.ended(pid);
          case Event.Heard(long pid, Descriptors.Said said) -> said(pid, said);
        };
    return both(orders, leaveIfHandedOut(now));
  }

  private List<Order> accepted(long number, long now) {
    crew.touch(now);
    List<Order> orders = offers.accepted(number);
    return entrance == Entrance.CLOSING_TO_SLEEP ? both(orders, open()) : orders;
  }

  private List<Order> open() {
    entrance = Entrance.OPEN;
    return offers.open();
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
  public List<Order> told(String because, long now) {
    return switch (entrance) {
      case OPEN, CLOSING_TO_SLEEP -> {
        entrance = Entrance.CLOSING_TO_STOP;
        why = because;
        leaveBy = now + drainNanos;
        yield both(offers.close(), leaveIfHandedOut(now));
      }
      case CLOSING_TO_STOP -> List.of();
      case CLOSED -> crew.told(because, now);
    };
  }

  private List<Order> leaveIfHandedOut(long now) {
    if (!offers.isSettled()) {
      return List.of();
    }
    return switch (entrance) {
      case OPEN, CLOSED -> List.of();
      case CLOSING_TO_SLEEP -> sleep(now);
      case CLOSING_TO_STOP -> stop(now);
    };
  }

  /** A client who was there before may have asked for something meanwhile. */
  private List<Order> sleep(long now) {
    if (!crew.isQuiet(now)) {
      return open();
    }
    entrance = Entrance.CLOSED;
    return seenOff(crew.sleep(now));
  }

  private List<Order> stop(long now) {
    entrance = Entrance.CLOSED;
    return seenOff(crew.told(why, now));
  }

  @Override
  public List<Order> demanded(Demand.OfStaff demand, long now) {
    return followed(crew.demanded(demand, now));
  }

  @Override
  public void stoodStill(long now) {
    crew.stoodStill(now);
  }

  @Override
  public List<Order> tick(long now) {
    List<Order> orders = new ArrayList<>(offers.tick());
    if (entrance == Entrance.CLOSING_TO_STOP && now - leaveBy >= 0) {
      LOG.warn("no worker has begun with connections that were accepted: {}", offers);
      orders.addAll(offers.abandon());
      orders.addAll(stop(now));
    }
    if (offers.anyUnbegun()) {
      crew.touch(now);
    } else if (entrance == Entrance.OPEN && crew.isQuiet(now)) {
      entrance = Entrance.CLOSING_TO_SLEEP;
      orders.addAll(offers.close());
      orders.addAll(leaveIfHandedOut(now));
    }
    orders.addAll(followed(crew.upkeep(now)));
    return orders;
  }

  /** The crew may have thought better of sleep, or have given up. */
  private List<Order> followed(List<Order> orders) {
    if (entrance == Entrance.CLOSED && crew.stage() == Stage.SERVING) {
      return both(orders, open());
    }
    if (entrance != Entrance.CLOSED && crew.stage() == Stage.STOPPING) {
      entrance = Entrance.CLOSED;
      return seenOff(both(both(offers.close(), offers.abandon()), orders));
    }
    return seenOff(orders);
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
    // While it may not sleep, that it is time to is no reason to look at the clock.
    boolean waits = entrance != Entrance.OPEN || (offers.anyUnbegun() && crew.isQuiet(now));
    return waits ? Long.MAX_VALUE : crew.nanosToNext(now);
  }

  @Override
  public Figures figures(long now) {
    return crew.figures(now);
  }
}
