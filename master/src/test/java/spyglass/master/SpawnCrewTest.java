package spyglass.master;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/** A process for each connection, two at most, with invented pids in invented time. */
class SpawnCrewTest {

  private static final long ANN = 101;
  private static final long BOB = 102;
  private static final int KILLED = 128 + 9;
  private static final List<Order> NOTHING = List.of();
  private static final Order ACCEPT = new Order.Accept();
  private static final Order WITHDRAW = new Order.Withdraw();
  private static final Order LEAVE = new Order.Leave(Exit.FINE);

  private final SpawnCrew crew = new SpawnCrew(TestPlan.of(Accept.SPAWN, 2), false);

  private long now = Long.MAX_VALUE - 5;

  private List<Order> accepted(long number) {
    return crew.atGate(new Event.Accepted(number), now);
  }

  private List<Order> notAccepted() {
    return crew.atGate(new Event.NotAccepted(), now);
  }

  private List<Order> seconds(int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now += SECONDS.toNanos(1);
      orders.addAll(crew.tick(now));
    }
    return orders;
  }

  private void annServes() {
    crew.begin(now);
    accepted(1);
    crew.started(ANN, now);
    crew.beat(ANN, Beat.READY, now);
  }

  @Test
  void nobodyIsStartedBeforeThereIsAConnection() {
    assertEquals(List.of(ACCEPT), crew.begin(now));
    assertEquals(NOTHING, seconds(29));
    assertEquals(List.of(new Order.StartFor(1)), accepted(1));
    assertEquals(List.of(ACCEPT), crew.started(ANN, now));
    assertEquals(List.of(new Order.TellReady()), crew.beat(ANN, Beat.READY, now));
    assertEquals(NOTHING, crew.beat(ANN, Beat.BUSY, now));
  }

  @Test
  void wokenByOrderItIsReadyAtOnceAndMaySleepWithoutHavingServed() {
    SpawnCrew told = new SpawnCrew(TestPlan.of(Accept.SPAWN, 2), true);
    assertEquals(List.of(new Order.TellReady(), ACCEPT), told.begin(now));
    now += SECONDS.toNanos(31);
    assertEquals(List.of(WITHDRAW), told.tick(now));
    assertEquals(List.of(LEAVE), told.atGate(new Event.NotAccepted(), now));
  }

  @Test
  void noMoreThanWorkersLiveAtOnceAndTheNextIsAcceptedWhenOneHasEnded() {
    annServes();
    assertEquals(List.of(new Order.StartFor(2)), accepted(2));
    assertEquals(NOTHING, crew.started(BOB, now));
    assertEquals(NOTHING, crew.beat(BOB, Beat.READY, now), "the lookout knows already");
    assertEquals(List.of(ACCEPT), crew.ended(ANN, Exit.FINE, now));
    assertEquals(NOTHING, crew.ended(ANN, Exit.FINE, now), "told twice");
  }

  @Test
  void whoEndsIsNotReplacedHoweverItEnded() {
    annServes();
    assertEquals(NOTHING, crew.ended(ANN, KILLED, now), "an order to accept is out already");
  }

  @Test
  void itSleepsWhenNobodyHasBeenAliveForTheTimeout() {
    annServes();
    assertEquals(NOTHING, seconds(100));
    crew.ended(ANN, Exit.FINE, now);
    assertEquals(SECONDS.toNanos(30), crew.nanosToNext(now));
    assertEquals(NOTHING, seconds(29));
    assertEquals(List.of(WITHDRAW), seconds(1));
    assertEquals(List.of(LEAVE), notAccepted());
  }

  @Test
  void aVisitorWhoComesInThatMomentTakesTheSleepBack() {
    annServes();
    crew.ended(ANN, Exit.FINE, now);
    seconds(30);
    assertEquals(List.of(new Order.StartFor(2)), accepted(2));
    assertEquals(List.of(ACCEPT), crew.started(BOB, now));
    assertEquals(NOTHING, crew.beat(BOB, Beat.READY, now));
    assertEquals(NOTHING, crew.ended(BOB, Exit.FINE, now));
    assertEquals(NOTHING, seconds(29));
  }

  @Test
  void toldToEndItAsksWhoIsReadyAndInTheEndKillsWhoIsThere() {
    annServes();
    accepted(2);
    crew.started(BOB, now);
    assertEquals(List.of(new Order.Term(ANN)), crew.told("a test wants it", now));
    assertEquals(NOTHING, crew.told("a test wants it", now));
    assertEquals(NOTHING, seconds(9));
    assertEquals(List.of(new Order.Cut(ANN)), seconds(1));
    assertEquals(List.of(new Order.Kill(ANN), new Order.Kill(BOB)), seconds(2));
    assertEquals(NOTHING, crew.ended(ANN, KILLED, now));
    assertEquals(List.of(LEAVE), crew.ended(BOB, KILLED, now));
  }

  /** Before it is ready, TERM would end it without a word to its client. */
  @Test
  void whoIsNotReadyWhenAllAreToldToEndIsAskedWhenItIs() {
    crew.begin(now);
    accepted(1);
    crew.started(ANN, now);
    assertEquals(List.of(WITHDRAW), crew.told("a test wants it", now));
    notAccepted();
    assertEquals(
        List.of(new Order.TellReady(), new Order.Term(ANN)), crew.beat(ANN, Beat.READY, now));
    assertEquals(List.of(LEAVE), crew.ended(ANN, Exit.FINE, now));
  }

  @Test
  void whoIsStuckIsAskedToLeaveAndNobodyTakesItsPlace() {
    annServes();
    List<Order> orders = crew.beat(ANN, Beat.STUCK, now);
    assertEquals(new Order.Dump(ANN), orders.get(1));
    assertEquals(List.of(new Order.Term(ANN)), orders.subList(2, 3));
    seconds(10);
    assertEquals(List.of(new Order.Kill(ANN)), seconds(2));
  }

  @Test
  void anAppThatDoesNotStartEndsTheMasterWithTheAppsStatus() {
    crew.begin(now);
    accepted(1);
    crew.started(ANN, now);
    assertEquals(List.of(WITHDRAW), crew.ended(ANN, Exit.APP, now));
    assertEquals(List.of(new Order.Leave(Exit.APP)), notAccepted());
  }

  @Test
  void aBootThatWasKilledEndsItsOwnConnectionOnly() {
    crew.begin(now);
    accepted(1);
    crew.started(ANN, now);
    assertEquals(NOTHING, crew.ended(ANN, KILLED, now));
    assertEquals(List.of(new Order.StartFor(2)), accepted(2));
  }

  @Test
  void aProcessThatCannotBeStartedIsTheEndIfItIsTheFirstAndNothingLater() {
    crew.begin(now);
    accepted(1);
    assertEquals(List.of(new Order.Leave(Exit.SYSTEM)), crew.notStarted(now));
    SpawnCrewTest later = new SpawnCrewTest();
    later.annServes();
    later.accepted(2);
    assertEquals(List.of(ACCEPT), later.crew.notStarted(later.now), "the first is forgiven");
    later.accepted(3);
    assertEquals(NOTHING, later.crew.notStarted(later.now), "now it takes a rest");
    assertEquals(SECONDS.toNanos(1), later.crew.nanosToNext(later.now));
    assertEquals(List.of(ACCEPT), later.seconds(1));
  }

  @Test
  void whenNobodyIsLeftAndThreeInARowCannotBeStartedItGivesUp() {
    annServes();
    crew.ended(ANN, Exit.FINE, now);
    for (int i = 2; i <= 4; i++) {
      accepted(i);
      crew.started(BOB, now);
      crew.ended(BOB, Exit.APP, now);
      assertEquals(i == 4 ? "draining" : "serving", crew.figures(now).stage());
      seconds(2);
    }
    assertEquals(List.of(new Order.Leave(Exit.APP)), notAccepted());
  }

  @Test
  void aProcessThatIsNotReadyWithinTheWakeDeadlineIsKilled() {
    crew.begin(now);
    accepted(1);
    crew.started(ANN, now);
    assertEquals(NOTHING, seconds(60));
    assertEquals(List.of(new Order.Kill(ANN)), seconds(1));
  }
}
