package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.master.InventedCrew.KILLED;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/** Workers that are replaced though they live: a new one first, then the old one goes. */
class CrewReliefTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  private static Order term(long pid) {
    return new Order.Term(pid);
  }

  private long newest() {
    return crew.newest().getFirst();
  }

  @Test
  void aReloadReplacesOneAfterTheOther() {
    List<Long> old = crew.allServing();
    assertEquals(List.of(START), crew.demanded(new Demand.Reload()));
    assertEquals("reloading", crew.figures().stage());
    assertEquals(NOTHING, crew.seconds(5));
    assertEquals(List.of(term(old.get(0)), START), crew.beat(newest(), Beat.READY));
    assertEquals(List.of(term(old.get(1)), START), crew.beat(newest(), Beat.READY));
    assertEquals(List.of(term(old.get(2))), crew.beat(newest(), Beat.READY));
    assertEquals("serving", crew.figures().stage());
    old.forEach(pid -> assertEquals(NOTHING, crew.ended(pid, Exit.FINE)));
    assertEquals(0, crew.figures().died());
    assertEquals(3, crew.figures().restarts());
  }

  @Test
  void aReloadWhoseNewWorkerFailsLeavesTheOldOnesAsTheyAreAndSaysWhy() {
    crew.allServing();
    crew.demanded(new Demand.Reload());
    String error = "reload failed: new worker 104: exit 112; those that serve go on as they are";
    assertEquals(List.of(new Order.Report(error)), crew.ended(newest(), Exit.APP));
    assertEquals("serving", crew.figures().stage());
    assertEquals(NOTHING, crew.seconds(20));
  }

  @Test
  void aReloadWhoseNewWorkerIsNotReadyInTimeHasFailedToo() {
    List<Long> old = crew.allServing();
    crew.demanded(new Demand.Reload());
    for (int i = 0; i < 6; i++) {
      crew.beat(old.get(0), Beat.BUSY, Beat.IDLE);
      assertEquals(NOTHING, crew.seconds(10));
    }
    long slow = newest();
    assertEquals(List.of(new Order.Kill(slow)), crew.seconds(1));
    List<Order> orders = crew.ended(slow, KILLED);
    assertTrue(orders.toString().contains("not ready within --wake-deadline"), orders.toString());
    assertEquals(1, orders.size());
  }

  @Test
  void aNewWorkerThatSomebodyKillsIsTriedAgainAndFailedReloadsDelayNoReplacement() {
    List<Long> old = crew.allServing();
    crew.demanded(new Demand.Reload());
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(START), crew.ended(newest(), KILLED));
    }
    assertTrue(crew.ended(newest(), KILLED).getFirst() instanceof Order.Report);
    assertEquals(List.of(START), crew.ended(old.get(0), KILLED));
  }

  @Test
  void aReloadDuringAReloadBeginsWhenThatHasEnded() {
    crew.allServing();
    crew.demanded(new Demand.Reload());
    List<Long> firstNew = new ArrayList<>();
    assertEquals(NOTHING, crew.demanded(new Demand.Reload()));
    for (int i = 0; i < 3; i++) {
      firstNew.add(newest());
      crew.beat(newest(), Beat.READY);
    }
    assertEquals("reloading", crew.figures().stage());
    assertEquals(term(firstNew.get(0)), crew.beat(newest(), Beat.READY).getFirst());
  }

  @Test
  void anOldWorkerThatDiesDuringAReloadIsReplacedByANewOne() {
    List<Long> old = crew.allServing();
    crew.demanded(new Demand.Reload());
    long first = newest();
    assertEquals(List.of(START), crew.ended(old.get(1), KILLED));
    assertEquals(NOTHING, crew.beat(first, Beat.READY), "three serve, and none is to spare");
    assertEquals(List.of(term(old.get(0)), START), crew.beat(newest(), Beat.READY));
    assertEquals(List.of(term(old.get(2))), crew.beat(newest(), Beat.READY));
    assertEquals("serving", crew.figures().stage());
  }

  @Test
  void aReloadIsNotSleptThrough() {
    crew.allServing();
    crew.seconds(29);
    crew.demanded(new Demand.Reload());
    assertEquals(NOTHING, crew.seconds(10));
  }

  @Test
  void toldToStopDuringAReloadAllLeave() {
    crew.allServing();
    crew.demanded(new Demand.Reload());
    assertEquals(4, crew.told().size());
    assertEquals(NOTHING, crew.demanded(new Demand.Reload()));
  }

  @Test
  void moreAreStartedAndFewerAreAskedToLeaveTheYoungestWithoutWorkFirst() {
    List<Long> pids = crew.allServing();
    assertEquals(List.of(START), crew.demanded(new Demand.More()));
    crew.beat(newest(), Beat.READY, Beat.BUSY);
    crew.beat(pids.get(2), Beat.BUSY);
    assertEquals(List.of(term(pids.get(1))), crew.demanded(new Demand.Fewer()));
    assertEquals(NOTHING, crew.ended(pids.get(1), Exit.FINE));
    assertEquals(List.of(term(pids.get(0)), term(newest())), crew.demanded(new Demand.Scale(1)));
    assertEquals(NOTHING, crew.demanded(new Demand.Fewer()), "one there must be");
    assertEquals(1, crew.figures().wanted());
  }

  @Test
  void aWorkerThatHasAnsweredItsLotIsReplacedAndCapacityNeverDips() {
    InventedCrew busy = new InventedCrew(TestPlan.recycling(Accept.SHARED, 2, 1000, 0));
    List<Long> pids = busy.allServing();
    assertEquals(NOTHING, busy.counted(pids.get(0), 899));
    assertEquals(List.of(START), busy.counted(pids.get(0), 1101));
    assertEquals(NOTHING, busy.counted(pids.get(1), 1101), "one at a time");
    assertEquals(
        List.of(term(pids.get(0)), START), busy.beat(busy.newest().getFirst(), Beat.READY));
    assertEquals(List.of(term(pids.get(1))), busy.beat(busy.newest().getFirst(), Beat.READY));
    assertEquals(2202, busy.figures().served());
    busy.ended(pids.get(0), Exit.FINE);
    assertEquals(2202, busy.figures().served(), "the dead have served too");
  }

  @Test
  void whileAsManyLeaveAsAreWantedNobodyIsRecycled() {
    InventedCrew busy = new InventedCrew(TestPlan.recycling(Accept.SHARED, 1, 10, 0));
    List<Long> pids = new ArrayList<>(busy.allServing());
    busy.counted(pids.getFirst(), 20);
    long second = busy.newest().getFirst();
    assertEquals(List.of(term(pids.getFirst())), busy.beat(second, Beat.READY));
    assertEquals(NOTHING, busy.counted(second, 20));
    assertEquals(List.of(START), busy.ended(pids.getFirst(), Exit.FINE));
  }

  @Test
  void aWorkerThatHasGrownTooBigIsReplacedUnlessItIsYoung() {
    InventedCrew big = new InventedCrew(TestPlan.recycling(Accept.SHARED, 2, 0, 1000));
    List<Long> pids = big.allServing();
    big.bare().weighed(pids.get(1), 1001, big.now());
    assertEquals(NOTHING, big.tick());
    big.seconds(10);
    big.bare().weighed(pids.get(0), 1000, big.now());
    assertEquals(NOTHING, big.tick());
    big.bare().weighed(pids.get(1), 1001, big.now());
    assertEquals(List.of(START), big.tick());
    assertEquals(List.of(term(pids.get(1))), big.beat(big.newest().getFirst(), Beat.READY));
  }
}
