package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.master.InventedCrew.KILLED;
import static spyglass.master.InventedCrew.leave;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/** While it serves; {@link CrewBootTest} has what is before, {@link CrewStopTest} what is after. */
class CrewTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  private static List<Order> term(List<Long> pids) {
    return pids.stream().<Order>map(Order.Term::new).toList();
  }

  @Test
  void aWorkerThatSomebodyElseHasToldToLeaveIsReplacedBeforeItHasLeft() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    assertEquals(List.of(START), crew.beat(pids.get(0), Beat.LEAVING));
    crew.beat(crew.newest().getFirst(), Beat.READY);
    assertEquals(NOTHING, crew.ended(pids.get(0), Exit.FINE));
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
    for (int i = 0; i < 20; i++) {
      // It need not be every second: only who is silent for --stuck-timeout is missed.
      assertEquals(NOTHING, crew.seconds(19));
      crew.beat(pids.get(2), Beat.STILL_BUSY);
    }
    crew.beat(pids.get(2), Beat.IDLE);
    assertEquals(NOTHING, crew.seconds(29));
    assertEquals(term(pids), crew.seconds(1));
  }

  @Test
  void stillBusyMeansBusyToAMasterThatMissedTheBeginning() {
    List<Long> pids = crew.allServing();
    crew.seconds(29);
    crew.beat(pids.get(0), Beat.STILL_BUSY);
    assertEquals(NOTHING, crew.seconds(19));
  }

  @Test
  void aHealthCheckIsNoVisitAndStillNobodyIsAskedToLeaveInItsMidst() {
    List<Long> pids = crew.allServing();
    crew.seconds(20);
    crew.beat(pids.get(1), Beat.BUSY, Beat.UNCOUNTED);
    crew.seconds(9);
    crew.beat(pids.get(1), Beat.BUSY);
    assertEquals(NOTHING, crew.seconds(5));
    crew.beat(pids.get(1), Beat.UNCOUNTED);
    assertEquals(term(pids), crew.tick());
  }

  @Test
  void itStaysAwakeAtLeastAsLongAsItWasToldTo() {
    InventedCrew patient = new InventedCrew(TestPlan.awake(Accept.SHARED, 3, 100));
    List<Long> pids = patient.allServing();
    assertEquals(NOTHING, patient.seconds(99));
    assertEquals(term(pids), patient.seconds(1));
  }

  @Test
  void aBusyWorkerThatDiesKeepsNobodyAwake() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    crew.ended(pids.get(0), KILLED);
    crew.beat(crew.newest().getFirst(), Beat.READY);
    List<Order> orders = crew.seconds(30);
    assertEquals(3, orders.stream().filter(Order.Term.class::isInstance).count());
  }

  @Test
  void aDeadWorkerIsReplacedAtOnceOneThatDiesYoungAgainLater() {
    List<Long> pids = crew.allServing();
    assertEquals(List.of(START), crew.ended(pids.get(0), KILLED));
    assertEquals(NOTHING, crew.ended(crew.newest().getFirst(), Exit.APP));
    assertEquals(1_000, crew.millisToNext());
    assertEquals(NOTHING, crew.sleep(999).tick());
    assertEquals(List.of(START), crew.sleep(1).tick());
    assertEquals(Optional.empty(), crew.figures().breaker());
    String error = "3 workers in a row died young: the next is started in 2 s";
    List<Order> third = crew.ended(crew.newest().getFirst(), Exit.APP);
    assertEquals(List.of(new Order.Report(error)), third);
    assertEquals(Optional.of(error), crew.figures().breaker());
    assertEquals(2_000, crew.millisToNext());
    assertEquals(3, crew.figures().died());
  }

  @Test
  void allThatDieAtOnceAfterALongLifeAreReplacedAtOnce() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    crew.seconds(15);
    for (long pid : pids) {
      assertEquals(List.of(START), crew.ended(pid, KILLED));
    }
  }

  @Test
  void bytesThatMeanNothingAndPidsThatNobodyKnowsChangeNothing() {
    List<Long> pids = crew.allServing();
    assertEquals(NOTHING, crew.beat(pids.get(0), (byte) 'y', (byte) 0, (byte) -1, (byte) '\n'));
    assertEquals(NOTHING, crew.beat(9, Beat.READY, Beat.BUSY));
    assertEquals(NOTHING, crew.ended(9, KILLED));
    crew.seconds(29);
    crew.beat(pids.get(0), (byte) 'y');
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
    crew.ended(pids.get(0), KILLED);
    long slow = crew.newest().getFirst();
    for (int i = 0; i < 6; i++) {
      crew.beat(pids.get(1), Beat.BUSY, Beat.IDLE);
      assertEquals(NOTHING, crew.seconds(10));
    }
    assertEquals(List.of(new Order.Kill(slow)), crew.seconds(1));
    assertEquals(NOTHING, crew.seconds(1), "once is enough");
    assertEquals(List.of(START), crew.ended(slow, KILLED));
  }
}
