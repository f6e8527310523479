package spyglass.master;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.master.Descriptors.Said;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/** What is added to a crew when its connections are passed; a crew of one, then of two. */
class PassCrewTest {

  private static final long ANN = 101;
  private static final long BOB = 102;
  private static final int KILLED = 128 + 9;
  private static final List<Order> NOTHING = List.of();
  private static final Order ACCEPT = new Order.Accept();

  private final PassCrew crew = new PassCrew(TestPlan.of(Accept.PASS, 1));

  private long now = 1_000;

  private List<Order> said(long pid, Said said) {
    return crew.atGate(new Event.Heard(pid, said), now);
  }

  private List<Order> accepted(long number) {
    return crew.atGate(new Event.Accepted(number), now);
  }

  private List<Order> seconds(int count) {
    List<Order> orders = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      now += SECONDS.toNanos(1);
      orders.addAll(crew.tick(now));
    }
    return orders;
  }

  private void annAsks() {
    crew.begin(now);
    crew.started(ANN, now);
    crew.beat(ANN, Beat.READY, now);
    assertEquals(List.of(ACCEPT), said(ANN, new Said.Asked(1)));
  }

  @Test
  void nothingIsAcceptedForABootThatMayFail() {
    assertEquals(List.of(new Order.Start()), crew.begin(now));
    crew.started(ANN, now);
    assertEquals(NOTHING, said(ANN, new Said.Asked(1)));
    assertEquals(List.of(new Order.TellReady(), ACCEPT), crew.beat(ANN, Beat.READY, now));
  }

  @Test
  void beforeItSleepsItAcceptsNoMoreAndThenAsksTheWorkersToLeave() {
    annAsks();
    assertEquals(NOTHING, seconds(29));
    assertEquals(List.of(new Order.Withdraw()), seconds(1));
    assertEquals(NOTHING, seconds(1));
    assertEquals(List.of(new Order.Term(ANN)), crew.atGate(new Event.NotAccepted(), now));
    assertEquals(List.of(new Order.End(ANN)), said(ANN, new Said.Enough()));
    assertEquals(List.of(new Order.Leave(Exit.FINE)), crew.ended(ANN, Exit.FINE, now));
  }

  @Test
  void aVisitorWhoComesInThatMomentTakesTheSleepBack() {
    annAsks();
    seconds(30);
    assertEquals(List.of(new Order.Pass(ANN, 1)), accepted(1));
    assertEquals(List.of(new Order.Close(1)), said(ANN, new Said.Begun(1)));
    assertEquals(List.of(ACCEPT), said(ANN, new Said.Asked(1)));
    assertEquals(NOTHING, seconds(29));
  }

  @Test
  void aClientWhoWasThereBeforeAndAsksInThatMomentTakesTheSleepBackToo() {
    annAsks();
    assertEquals(List.of(new Order.Withdraw()), seconds(30));
    crew.beat(ANN, Beat.BUSY, now);
    assertEquals(List.of(ACCEPT), crew.atGate(new Event.NotAccepted(), now));
  }

  @Test
  void whenAWorkerHasWorkAfterAllVisitorsAreLetInAgainForOthers() {
    annAsks();
    seconds(30);
    crew.atGate(new Event.NotAccepted(), now);
    said(ANN, new Said.Enough());
    crew.beat(ANN, Beat.BUSY, now);
    assertEquals(List.of(new Order.Start()), seconds(1));
    crew.started(BOB, now);
    crew.beat(BOB, Beat.READY, now);
    assertEquals(List.of(ACCEPT), said(BOB, new Said.Asked(1)));
    assertEquals(NOTHING, crew.ended(ANN, Exit.FINE, now));
  }

  @Test
  void aConnectionThatNobodyHasBegunKeepsTheTreeAwake() {
    annAsks();
    accepted(1);
    assertEquals(NOTHING, seconds(100));
    assertEquals(List.of(new Order.Close(1)), said(ANN, new Said.Begun(1)));
    assertEquals(NOTHING, seconds(29));
    assertEquals(List.of(new Order.Term(ANN)), seconds(1), "nothing was to be withdrawn");
  }

  @Test
  void whatADeadWorkerHadNotBegunGoesToItsReplacement() {
    annAsks();
    accepted(1);
    assertEquals(List.of(new Order.Start()), crew.ended(ANN, KILLED, now));
    assertEquals(NOTHING, crew.atGate(new Event.LinkEnded(ANN), now));
    crew.started(BOB, now);
    crew.beat(BOB, Beat.READY, now);
    assertEquals(List.of(new Order.Pass(BOB, 1)), said(BOB, new Said.Asked(1)));
  }

  @Test
  void whatADeadWorkerSaidLastCountsThoughItIsHeardAfterItsDeath() {
    annAsks();
    accepted(1);
    crew.ended(ANN, KILLED, now);
    assertEquals(List.of(new Order.Close(1)), said(ANN, new Said.Begun(1)));
    crew.atGate(new Event.LinkEnded(ANN), now);
    crew.started(BOB, now);
    assertEquals(List.of(ACCEPT), said(BOB, new Said.Asked(1)), "and nobody gets it");
  }

  @Test
  void toldToEndWhileAConnectionIsNobodysItIsGivenToAReplacementFirst() {
    annAsks();
    accepted(1);
    crew.ended(ANN, KILLED, now);
    crew.atGate(new Event.LinkEnded(ANN), now);
    assertEquals(NOTHING, crew.told("a test wants it", now));
    assertEquals(NOTHING, crew.told("a test wants it", now), "twice is once");
    crew.started(BOB, now);
    crew.beat(BOB, Beat.READY, now);
    assertEquals(List.of(new Order.Pass(BOB, 1)), said(BOB, new Said.Asked(1)));
    assertEquals(List.of(new Order.Close(1), new Order.Term(BOB)), said(BOB, new Said.Begun(1)));
  }

  @Test
  void thatTakesNoLongerThanTheDrain() {
    annAsks();
    accepted(1);
    crew.ended(ANN, KILLED, now);
    crew.atGate(new Event.LinkEnded(ANN), now);
    crew.started(BOB, now);
    crew.told("a test wants it", now);
    assertEquals(NOTHING, seconds(9));
    assertEquals(List.of(new Order.Close(1), new Order.Term(BOB)), seconds(1));
  }

  @Test
  void aWorkerThatDoesNotBeginIsWaitedForNoLongerEither() {
    annAsks();
    accepted(1);
    crew.told("a test wants it", now);
    assertEquals(NOTHING, seconds(9));
    assertEquals(List.of(new Order.Term(ANN)), seconds(1));
  }

  @Test
  void toldToEndWhileItBootsLeavesAtOnce() {
    crew.begin(now);
    crew.started(ANN, now);
    assertEquals(List.of(new Order.Term(ANN)), crew.told("a test wants it", now));
    assertTrue(crew.ended(ANN, Exit.FINE, now).contains(new Order.Leave(Exit.FINE)));
  }
}
