package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static spyglass.master.InventedCrew.KILLED;
import static spyglass.master.InventedCrew.leave;

import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;

/** Told to end. */
class CrewStopTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  private static List<Order> term(List<Long> pids) {
    return pids.stream().<Order>map(Order.Term::new).toList();
  }

  private static List<Order> cut(List<Long> pids) {
    return pids.stream().<Order>map(Order.Cut::new).toList();
  }

  private static List<Order> kill(List<Long> pids) {
    return pids.stream().<Order>map(Order.Kill::new).toList();
  }

  /** The bug that every prefork server has had once: the children that leave are taken for dead. */
  @Test
  void whoLeavesWhileAllStopIsNotReplaced() {
    List<Long> pids = crew.allServing();
    crew.told();
    assertEquals(NOTHING, crew.ended(pids.get(0), Exit.FINE));
    assertEquals(NOTHING, crew.ended(pids.get(1), KILLED));
    assertEquals(NOTHING, crew.seconds(9));
    assertEquals(List.of(leave()), crew.ended(pids.get(2), 128 + 15));
  }

  @Test
  void aReplacementThatWasDueIsForgottenWhenAllStop() {
    List<Long> pids = crew.allServing();
    crew.ended(pids.get(0), KILLED);
    crew.ended(crew.newest().getFirst(), Exit.APP);
    assertEquals(term(pids.subList(1, 3)), crew.told());
    assertEquals(NOTHING, crew.seconds(9));
    assertEquals(Long.MAX_VALUE, crew.bare().nanosToNext(crew.now()));
  }

  @Test
  void whoIsStillThereAfterTheDrainIsCutAndTwoSecondsLaterKilledAndTheOthersAreNot() {
    List<Long> pids = crew.allServing();
    crew.told();
    crew.ended(pids.get(1), Exit.FINE);
    assertEquals(NOTHING, crew.seconds(9));
    List<Long> left = List.of(pids.get(0), pids.get(2));
    assertEquals(cut(left), crew.seconds(1));
    assertEquals(NOTHING, crew.seconds(1));
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
    assertEquals(cut(pids), crew.seconds(4));
  }

  @Test
  void cutMeansTheAlarmAtOnceAndTwoSecondsLaterTheEnd() {
    List<Long> pids = crew.allServing();
    crew.told();
    assertEquals(cut(pids), crew.demanded(new Demand.Cut()));
    assertEquals(NOTHING, crew.seconds(1));
    assertEquals(kill(pids), crew.seconds(1));
  }

  @Test
  void cutAgainAndAgainDoesNotPutTheEndOff() {
    List<Long> pids = crew.allServing();
    crew.demanded(new Demand.Cut());
    crew.seconds(1);
    assertEquals(NOTHING, crew.demanded(new Demand.Cut()));
    assertEquals(kill(pids), crew.seconds(1));
  }

  @Test
  void cutWithoutAnOrderToStopBeforeIsCutAllTheSame() {
    List<Long> pids = crew.allServing();
    assertEquals(cut(pids), crew.demanded(new Demand.Cut()));
    assertEquals(kill(pids), crew.seconds(2));
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
    crew.ended(crew.newest().getFirst(), Exit.APP);
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
}
