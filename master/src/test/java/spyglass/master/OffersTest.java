package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spyglass.master.Order.Accept;
import spyglass.master.Order.Close;
import spyglass.master.Order.End;
import spyglass.master.Order.Pass;
import spyglass.master.Order.Withdraw;

/** Two workers with invented pids, and connections that are numbers. */
class OffersTest {

  private static final long ANN = 101;
  private static final long BOB = 102;
  private static final List<Order> NOTHING = List.of();

  private final Offers offers = new Offers();

  @BeforeEach
  void twoWorkers() {
    offers.started(ANN);
    offers.started(BOB);
  }

  private void open() {
    assertEquals(NOTHING, offers.open());
  }

  @Test
  void nothingIsAcceptedBeforeSomebodyHasAsked() {
    open();
    assertEquals(List.of(new Accept()), offers.asked(ANN, 1));
    assertEquals(NOTHING, offers.asked(BOB, 1), "one at a time");
  }

  @Test
  void whoAsksBeforeTheFirstWorkerServesIsHeardThen() {
    assertEquals(NOTHING, offers.asked(ANN, 1));
    assertEquals(List.of(new Accept()), offers.open());
  }

  @Test
  void whenAllWhoAskedHaveGotWhatTheyAskedForNobodyAccepts() {
    open();
    offers.asked(ANN, 1);
    assertEquals(List.of(new Pass(ANN, 1)), offers.accepted(1));
    assertEquals(NOTHING, offers.begun(BOB, 1), "that is not his");
    assertEquals(List.of(new Close(1)), offers.begun(ANN, 1));
    assertEquals(NOTHING, offers.begun(ANN, 1));
    assertEquals(List.of(new Accept()), offers.asked(ANN, 1));
  }

  @Test
  void theNextGoesToWhoHasWaitedLongest() {
    open();
    offers.asked(ANN, 2);
    offers.asked(BOB, 3);
    assertEquals(List.of(new Pass(ANN, 1), new Accept()), offers.accepted(1));
    assertEquals(List.of(new Pass(BOB, 2), new Accept()), offers.accepted(2));
    assertEquals(List.of(new Pass(ANN, 3), new Accept()), offers.accepted(3));
    assertEquals(List.of(new Pass(BOB, 4), new Accept()), offers.accepted(4));
    assertEquals(List.of(new Pass(BOB, 5)), offers.accepted(5));
  }

  @Test
  void whatADeadWorkerHadNotBegunIsOfferedAgainOldestFirst() {
    open();
    offers.asked(ANN, 3);
    offers.accepted(1);
    offers.accepted(2);
    offers.accepted(3);
    offers.begun(ANN, 2);
    assertEquals(NOTHING, offers.ended(ANN));
    assertTrue(offers.anyUnbegun());
    assertEquals(List.of(new Pass(BOB, 1)), offers.asked(BOB, 1));
    assertEquals(List.of(new Pass(BOB, 3), new Accept()), offers.asked(BOB, 2));
    assertEquals("passed 5: begun 1, offered again 2, held 2; 0 wait", offers.toString());
    offers.begun(BOB, 1);
    offers.begun(BOB, 3);
    assertFalse(offers.anyUnbegun());
    assertEquals("passed 5: begun 3, offered again 2, held 0; 0 wait", offers.toString());
  }

  @Test
  void whatADeadWorkerHadAskedForIsForgottenAndTheOrderToAcceptWithdrawn() {
    open();
    offers.asked(ANN, 1);
    assertEquals(List.of(new Withdraw()), offers.ended(ANN));
    assertEquals(NOTHING, offers.asked(ANN, 1), "it said so before it died");
    assertEquals(NOTHING, offers.notAccepted());
    assertEquals(List.of(new Accept()), offers.asked(BOB, 1));
  }

  @Test
  void whoAsksWhileTheOrderIsWithdrawnGetsANewOneAfterTheAnswer() {
    open();
    offers.asked(ANN, 1);
    offers.ended(ANN);
    assertEquals(NOTHING, offers.asked(BOB, 1));
    assertEquals(List.of(new Accept()), offers.notAccepted());
  }

  @Test
  void aConnectionThatWasAcceptedAllTheSameWaitsForWhoAsksNext() {
    open();
    offers.asked(ANN, 1);
    offers.ended(ANN);
    assertEquals(NOTHING, offers.accepted(1));
    assertTrue(offers.anyUnbegun());
    assertEquals(List.of(new Pass(BOB, 1)), offers.asked(BOB, 1));
  }

  @Test
  void aWorkerThatWantsNoMoreIsToldTheEndOnceAndKeepsWhatItHas() {
    open();
    offers.asked(ANN, 2);
    offers.accepted(1);
    assertEquals(List.of(new End(ANN), new Withdraw()), offers.enough(ANN));
    assertEquals(NOTHING, offers.enough(ANN));
    assertEquals(NOTHING, offers.asked(ANN, 1));
    assertEquals(List.of(new Close(1)), offers.begun(ANN, 1));
  }

  @Test
  void whatAWorkerCouldNotTakeGoesToAnother() {
    open();
    offers.asked(ANN, 1);
    offers.asked(BOB, 1);
    offers.accepted(1);
    assertEquals(List.of(new Pass(BOB, 1), new Withdraw()), offers.lost(ANN, 1));
  }

  @Test
  void aWorkerThatDoesNotReadIsTriedAgainWhenTimeHasPassed() {
    open();
    offers.asked(ANN, 2);
    offers.accepted(1);
    assertEquals(List.of(new Withdraw()), offers.notPassed(ANN, 1));
    assertEquals(NOTHING, offers.asked(ANN, 1), "still it does not read");
    offers.notAccepted();
    assertEquals(List.of(new Pass(ANN, 1), new Accept()), offers.tick());
    assertEquals(List.of(new Pass(ANN, 2), new Accept()), offers.accepted(2));
    assertEquals(List.of(new Pass(ANN, 3)), offers.accepted(3), "and it has lost no room");
  }

  @Test
  void closedIsSettledWhenNothingCanComeAndAllHasBegun() {
    open();
    assertFalse(offers.isSettled());
    offers.asked(ANN, 1);
    assertEquals(List.of(new Withdraw()), offers.close());
    assertFalse(offers.isSettled(), "one may just have been accepted");
    assertEquals(List.of(new Pass(ANN, 1)), offers.accepted(1));
    assertFalse(offers.isSettled(), "it may yet come back");
    offers.ended(ANN);
    assertFalse(offers.isSettled());
    assertEquals(List.of(new Close(1)), offers.abandon());
    assertTrue(offers.isSettled());
  }
}
