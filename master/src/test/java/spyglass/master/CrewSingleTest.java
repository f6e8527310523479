package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.master.InventedCrew.KILLED;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/** An app that must be alone: an end before each beginning. */
class CrewSingleTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew(TestPlan.single());
  private long only;

  @BeforeEach
  void oneServes() {
    crew.begin();
    only = crew.newest().getFirst();
    crew.beat(only, Beat.READY);
  }

  @Test
  void aReloadStartsTheNewOneWhenTheOldOneHasGone() {
    assertEquals(List.of(new Order.Term(only)), crew.demanded(new Demand.Reload()));
    assertEquals(NOTHING, crew.seconds(3));
    assertEquals(List.of(START), crew.ended(only, Exit.FINE));
  }

  @Test
  void aDeathIsFollowedByAStart() {
    assertEquals(List.of(START), crew.ended(only, KILLED));
  }

  @Test
  void nobodyCanHaveMoreThanOne() {
    assertEquals(NOTHING, crew.demanded(new Demand.Scale(5)));
    assertEquals(NOTHING, crew.demanded(new Demand.More()));
    assertEquals(1, crew.figures().wanted());
  }

  @Test
  void oneThatLeavesByItselfHasNoSuccessorBeforeItHasLeft() {
    assertEquals(NOTHING, crew.beat(only, Beat.LEAVING));
    assertEquals(NOTHING, crew.seconds(3));
    assertEquals(List.of(START), crew.ended(only, Exit.FINE));
  }

  @Test
  void sleepThatIsTakenBackWaitsForTheEndOfTheOneThatHasWork() {
    crew.demanded(new Demand.Sleep());
    assertTrue(crew.tick().contains(new Order.Term(only)));
    crew.beat(only, Beat.BUSY);
    assertEquals(NOTHING, crew.seconds(3));
    assertEquals(List.of(START), crew.ended(only, Exit.FINE));
  }

  @Test
  void anAppThatCouldNotPutAwayWhatItKeepsIsReported() {
    List<Order> orders = crew.beat(only, Beat.UNSAVED);
    assertTrue(orders.getFirst() instanceof Order.Report report && report.error().contains("lost"));
  }
}
