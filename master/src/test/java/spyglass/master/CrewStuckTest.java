package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.master.InventedCrew.KILLED;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/** Workers that live and are of no use, and apps that are of none. */
class CrewStuckTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  private static Order term(long pid) {
    return new Order.Term(pid);
  }

  @Test
  void aStuckAppIsDumpedAtOnceAndItsWorkerLeavesWhenAnotherIsReady() {
    long stuck = crew.allServing().get(1);
    List<Order> orders = crew.beat(stuck, Beat.BUSY, Beat.STUCK, Beat.STUCK);
    assertTrue(orders.getFirst() instanceof Order.Report);
    assertEquals(List.of(new Order.Dump(stuck), START), orders.subList(1, orders.size()));
    assertEquals(List.of(term(stuck)), crew.beat(crew.newest().getFirst(), Beat.READY));
    assertEquals(NOTHING, crew.seconds(9));
    assertEquals(List.of(new Order.Cut(stuck)), crew.seconds(1));
    assertEquals(List.of(new Order.Kill(stuck)), crew.seconds(2));
    assertEquals(NOTHING, crew.ended(stuck, KILLED));
  }

  @Test
  void aWorkerWithWorkAndWithoutABeatIsDumpedReplacedAndKilled() {
    long silent = crew.allServing().get(1);
    crew.beat(silent, Beat.BUSY);
    assertEquals(NOTHING, crew.seconds(19));
    List<Order> orders = crew.seconds(1);
    assertTrue(orders.getFirst() instanceof Order.Report);
    assertEquals(List.of(new Order.Dump(silent), START), orders.subList(1, 3));
    crew.beat(crew.newest().getFirst(), Beat.READY);
    assertEquals(List.of(term(silent)), crew.seconds(1));
    assertEquals(NOTHING, crew.seconds(3));
    assertEquals(List.of(new Order.Kill(silent)), crew.seconds(1));
    assertEquals(NOTHING, crew.ended(silent, KILLED));
  }

  @Test
  void aWorkerWithoutWorkMayBeAsSilentAsItLikes() {
    List<Long> pids = crew.allServing();
    for (int i = 0; i < 30; i++) {
      crew.beat(pids.get(0), Beat.BUSY, Beat.IDLE);
      assertEquals(NOTHING, crew.seconds(10));
    }
  }

  @Test
  void aSilentWorkerThatIsLeavingKeepsNobodyAwakeForEver() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(2), Beat.BUSY);
    crew.demanded(new Demand.Scale(2));
    crew.beat(pids.get(0), Beat.BUSY);
    crew.demanded(new Demand.Scale(1));
    List<Order> orders = crew.seconds(25);
    assertTrue(orders.contains(new Order.Kill(pids.get(2))), orders.toString());
  }

  @Test
  void afterHavingStoodStillNobodyIsCalledSilentBeforeThePipesAreHeard() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    crew.seconds(19);
    crew.stoodStill();
    assertEquals(NOTHING, crew.seconds(1));
    crew.beat(pids.get(0), Beat.STILL_BUSY);
    assertEquals(NOTHING, crew.seconds(19));
  }

  @Test
  void whenNobodyIsLeftAndThreeInARowDoNotStartTheLookoutIsToSaySo() {
    List<Long> pids = crew.allServing();
    crew.demanded(new Demand.Scale(1));
    crew.ended(pids.get(2), Exit.FINE);
    crew.ended(pids.get(1), Exit.FINE);
    assertEquals(List.of(START), crew.ended(pids.get(0), KILLED));
    assertEquals(NOTHING, crew.ended(crew.newest().getFirst(), Exit.APP));
    assertEquals(List.of(START), crew.seconds(1));
    crew.ended(crew.newest().getFirst(), Exit.APP);
    assertEquals(List.of(START), crew.seconds(2));
    List<Order> last = crew.ended(crew.newest().getFirst(), Exit.APP);
    assertEquals(new Order.Leave(Exit.APP), last.getLast());
  }

  @Test
  void asLongAsOneServesItGoesOnHoweverManyFail() {
    List<Long> pids = crew.allServing();
    crew.ended(pids.get(0), KILLED);
    for (int i = 0; i < 5; i++) {
      crew.ended(crew.newest().getFirst(), Exit.APP);
      crew.beat(pids.get(1), Beat.BUSY, Beat.IDLE);
      crew.seconds(20);
    }
    crew.ended(crew.newest().getFirst(), Exit.APP);
    assertEquals("serving", crew.figures().stage());
    assertEquals(List.of(START, START), crew.ended(pids.get(1), KILLED));
    List<Long> tried = new ArrayList<>(crew.newest());
    assertEquals(List.of(START), crew.ended(pids.get(2), KILLED));
    tried.addAll(crew.newest());
    crew.ended(tried.get(0), Exit.APP);
    crew.ended(tried.get(1), Exit.APP);
    List<Order> last = crew.ended(tried.get(2), Exit.APP);
    assertEquals(new Order.Leave(Exit.APP), last.getLast(), "but with none it is over");
  }

  @Test
  void theBreakerClosesWhenAWorkerHasLivedForAWhile() {
    List<Long> pids = crew.allServing();
    crew.ended(pids.get(0), KILLED);
    crew.ended(crew.newest().getFirst(), Exit.APP);
    crew.seconds(1);
    crew.ended(crew.newest().getFirst(), Exit.APP);
    assertTrue(crew.figures().breaker().isPresent());
    crew.seconds(2);
    crew.beat(crew.newest().getFirst(), Beat.READY);
    crew.seconds(9);
    assertTrue(crew.figures().breaker().isPresent());
    crew.seconds(1);
    assertTrue(crew.figures().breaker().isEmpty());
    assertEquals(List.of(START), crew.ended(crew.newest().getFirst(), KILLED));
  }
}
