package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.master.InventedCrew.KILLED;
import static spyglass.master.InventedCrew.leave;

import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/** While it serves and when it stops; {@link CrewBootTest} has what is before. */
class CrewTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  private static List<Order> term(List<Long> pids) {
    return pids.stream().<Order>map(Order.Term::new).toList();
  }

  private static List<Order> kill(List<Long> pids) {
    return pids.stream().<Order>map(Order.Kill::new).toList();
  }

  @Test
  void whenNobodyHasVisitedForTheTimeoutAllAreAskedToLeaveAndThenTheMasterLeaves() {
    List<Long> pids = crew.allServing();
    assertEquals(NOTHING, crew.seconds(29));
    assertEquals(term(pids), crew.seconds(1));
    assertEquals(NOTHING, crew.ended(pids.get(0), Exit.FINE));
    assertEquals(NOTHING, crew.ended(pids.get(1), Exit.FINE));
    assertEquals(List.of(leave()), crew.ended(pids.get(2), Exit.FINE));
  }

  @Test
  void aVisitStartsTheTimeoutAgain() {
    List<Long> pids = crew.allServing();
    crew.seconds(29);
    crew.beat(pids.get(1), Beat.BUSY, Beat.IDLE);
    assertEquals(NOTHING, crew.seconds(29));
    assertEquals(term(pids), crew.seconds(1));
  }

  @Test
  void nobodyIsAskedToLeaveWhileOneIsBusyHoweverLongItTakes() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(2), Beat.BUSY);
    // Not even a beat a second comes: a worker that was stopped (SIGSTOP) still has its request.
    assertEquals(NOTHING, crew.seconds(100));
    crew.beat(pids.get(2), Beat.STILL_BUSY);
    assertEquals(NOTHING, crew.seconds(100));
    crew.beat(pids.get(2), Beat.IDLE);
    assertEquals(NOTHING, crew.seconds(29));
    assertEquals(term(pids), crew.seconds(1));
  }

  @Test
  void stillBusyMeansBusyToAMasterThatMissedTheBeginning() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.STILL_BUSY);
    assertEquals(NOTHING, crew.seconds(100));
  }

  @Test
  void aBusyWorkerThatDiesKeepsNobodyAwake() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    crew.ended(pids.get(0), KILLED);
    List<Order> orders = crew.seconds(30);
    assertEquals(3, orders.stream().filter(Order.Term.class::isInstance).count());
  }

  @Test
  void aDeadWorkerIsReplacedAtOnceOneThatDiesYoungAgainLater() {
    List<Long> pids = crew.allServing();
    assertEquals(List.of(START), crew.ended(pids.get(0), KILLED));
    assertEquals(NOTHING, crew.ended(crew.newest().getFirst(), KILLED));
    assertEquals(1_000, crew.millisToNext());
    assertEquals(NOTHING, crew.sleep(999).tick());
    assertEquals(List.of(START), crew.sleep(1).tick());
    assertEquals(NOTHING, crew.ended(crew.newest().getFirst(), Exit.APP));
    assertEquals(2_000, crew.millisToNext());
  }

  @Test
  void allThatDieAtOnceAfterALongLifeAreReplacedAtOnce() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    crew.seconds(20);
    for (long pid : pids) {
      assertEquals(List.of(START), crew.ended(pid, KILLED));
    }
  }

  /** The bug that every prefork server has had once: the children that leave are taken for dead. */
  @Test
  void whoLeavesWhileAllStopIsNotReplaced() {
    List<Long> pids = crew.allServing();
    crew.told();
    assertEquals(NOTHING, crew.ended(pids.get(0), Exit.FINE));
    assertEquals(NOTHING, crew.ended(pids.get(1), KILLED));
    assertEquals(NOTHING, crew.seconds(11));
    assertEquals(List.of(leave()), crew.ended(pids.get(2), 128 + 15));
  }

  @Test
  void aReplacementThatWasDueIsForgottenWhenAllStop() {
    List<Long> pids = crew.allServing();
    crew.ended(pids.get(0), KILLED);
    crew.ended(crew.newest().getFirst(), KILLED);
    assertEquals(term(pids.subList(1, 3)), crew.told());
    assertEquals(NOTHING, crew.seconds(11));
    assertEquals(Long.MAX_VALUE, crew.bare().nanosToNext(crew.now()));
  }

  @Test
  void whoIsStillThereAfterTheDrainIsKilledAndTheOthersAreNot() {
    List<Long> pids = crew.allServing();
    crew.told();
    crew.ended(pids.get(1), Exit.FINE);
    assertEquals(NOTHING, crew.seconds(11));
    List<Long> left = List.of(pids.get(0), pids.get(2));
    assertEquals(kill(left), crew.seconds(1));
    crew.ended(pids.get(0), KILLED);
    assertEquals(List.of(leave()), crew.ended(pids.get(2), KILLED));
  }

  @Test
  void toldTwiceIsToldOnceAndDoesNotProlongTheDrain() {
    List<Long> pids = crew.allServing();
    assertEquals(term(pids), crew.told());
    crew.seconds(6);
    assertEquals(NOTHING, crew.told());
    assertEquals(kill(pids), crew.seconds(6));
  }

  @Test
  void toldWhileAllLeaveForIdlenessChangesNothing() {
    List<Long> pids = crew.allServing();
    assertEquals(term(pids), crew.seconds(30));
    assertEquals(NOTHING, crew.told());
    pids.subList(0, 2).forEach(pid -> crew.ended(pid, Exit.FINE));
    assertEquals(List.of(leave()), crew.ended(pids.get(2), Exit.FINE));
  }

  @Test
  void toldWhenNobodyIsAliveLeavesAtOnce() {
    List<Long> pids = crew.allServing();
    crew.ended(pids.get(0), KILLED);
    crew.ended(crew.newest().getFirst(), KILLED);
    crew.ended(pids.get(1), KILLED);
    crew.ended(pids.get(2), KILLED);
    assertEquals(List.of(leave()), crew.told());
  }

  @Test
  void aStartThatIsUnderWayWhenAllStopIsWaitedForAndAskedToLeaveAsWell() {
    List<Long> pids = crew.allServing();
    assertEquals(List.of(START), crew.bare().ended(pids.get(0), KILLED, crew.now()));
    crew.told();
    assertEquals(NOTHING, crew.ended(pids.get(1), Exit.FINE));
    assertEquals(NOTHING, crew.ended(pids.get(2), Exit.FINE), "one is still to come");
    assertEquals(List.of(new Order.Term(7)), crew.bare().started(7, crew.now()));
    assertEquals(List.of(leave()), crew.ended(7, Exit.FINE));
  }

  @Test
  void bytesThatMeanNothingAndPidsThatNobodyKnowsChangeNothing() {
    List<Long> pids = crew.allServing();
    assertEquals(NOTHING, crew.beat(pids.get(0), (byte) 'x', (byte) 0, (byte) -1, (byte) '\n'));
    assertEquals(NOTHING, crew.beat(9, Beat.READY, Beat.BUSY));
    assertEquals(NOTHING, crew.ended(9, KILLED));
    crew.seconds(29);
    crew.beat(pids.get(0), (byte) 'x');
    assertEquals(term(pids), crew.seconds(1), "and it was no visit");
  }

  @Test
  void aDeathThatIsToldTwiceIsOneDeathAndLateBytesOfTheDeadMeanNothing() {
    List<Long> pids = crew.allServing();
    assertEquals(List.of(START), crew.ended(pids.get(0), KILLED));
    assertEquals(NOTHING, crew.ended(pids.get(0), KILLED));
    assertEquals(NOTHING, crew.beat(pids.get(0), Beat.BUSY));
    assertTrue(crew.seconds(30).stream().anyMatch(Order.Term.class::isInstance));
  }

  @Test
  void aReplacementThatDoesNotGetReadyWithinTheWakeDeadlineIsKilledAndReplaced() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(1), Beat.BUSY);
    crew.ended(pids.get(0), KILLED);
    long stuck = crew.newest().getFirst();
    assertEquals(NOTHING, crew.seconds(60));
    assertEquals(List.of(new Order.Kill(stuck)), crew.seconds(1));
    assertEquals(List.of(START), crew.ended(stuck, KILLED));
  }
}
