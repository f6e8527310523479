package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static spyglass.master.InventedCrew.KILLED;
import static spyglass.master.InventedCrew.leave;

import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.process.Exit;
import spyglass.worker.Beat;

/** Sleep cuts nobody short, and is taken back when somebody has come after all. */
class CrewSleepTest {

  private static final Order START = new Order.Start();
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  private List<Long> asleepButOne() {
    List<Long> pids = crew.allServing();
    crew.seconds(30);
    // Accepted in the moment in which it was told to leave.
    crew.beat(pids.get(0), Beat.BUSY);
    crew.ended(pids.get(1), Exit.FINE);
    crew.ended(pids.get(2), Exit.FINE);
    return pids;
  }

  @Test
  void whoHasWorkASecondAfterTheOrderToSleepTakesTheSleepBackAndOneNewIsStartedFirst() {
    asleepButOne();
    assertEquals("sleeping", crew.figures().stage());
    assertEquals(List.of(START), crew.seconds(1));
    assertEquals("serving", crew.figures().stage());
    assertEquals(NOTHING, crew.sleep(50).tick());
    assertEquals(NOTHING, crew.beat(crew.newest().getFirst(), Beat.READY), "the lookout knows");
    assertEquals(100, crew.millisToNext());
    assertEquals(List.of(START, START), crew.sleep(100).tick());
  }

  @Test
  void whoStaysForItsWorkMayTakeAsLongAsThatTakesAndThenAllSleep() {
    List<Long> pids = asleepButOne();
    crew.seconds(1);
    crew.beat(crew.newest().getFirst(), Beat.READY);
    crew.sleep(100).tick();
    crew.newest().forEach(pid -> crew.beat(pid, Beat.READY));
    for (int i = 0; i < 100; i++) {
      assertEquals(NOTHING, crew.seconds(10));
      crew.beat(pids.get(0), Beat.STILL_BUSY);
    }
    crew.beat(pids.get(0), Beat.IDLE);
    assertEquals(NOTHING, crew.ended(pids.get(0), Exit.FINE), "and it is not replaced");
    assertEquals(NOTHING, crew.seconds(29));
    assertEquals(3, crew.seconds(1).size());
  }

  @Test
  void whoLeavesWithinTheSecondIsNotWaitedFor() {
    List<Long> pids = asleepButOne();
    assertEquals(List.of(leave()), crew.ended(pids.get(0), Exit.FINE));
  }

  @Test
  void whoHasNoWorkAndDoesNotLeaveIsKilledAfterTheDrain() {
    List<Long> pids = crew.allServing();
    crew.seconds(30);
    crew.ended(pids.get(1), Exit.FINE);
    crew.ended(pids.get(2), Exit.FINE);
    assertEquals(NOTHING, crew.seconds(11));
    assertEquals(List.of(new Order.Kill(pids.get(0))), crew.seconds(1));
    assertEquals(NOTHING, crew.seconds(5), "once is enough");
    assertEquals(List.of(leave()), crew.ended(pids.get(0), KILLED));
  }

  @Test
  void toldToStopWhileItFallsAsleepEndsTheOneThatHasWorkAfterTheDrain() {
    List<Long> pids = asleepButOne();
    assertEquals(NOTHING, crew.told());
    assertEquals(NOTHING, crew.seconds(9));
    assertEquals(List.of(new Order.Cut(pids.get(0))), crew.seconds(1));
    assertEquals(List.of(new Order.Kill(pids.get(0))), crew.seconds(2));
  }

  /** Somebody may have waited for it all the time. */
  @Test
  void whoIsReadyAfterTimeWithoutAnybodyHasASecondToHearAVisitor() {
    List<Long> pids = crew.allServing();
    crew.seconds(28);
    pids.forEach(pid -> crew.ended(pid, KILLED));
    crew.sleep(1500).tick();
    crew.beat(crew.newest().getFirst(), Beat.READY);
    assertEquals(NOTHING, crew.sleep(500).tick());
    assertEquals("serving", crew.figures().stage());
    crew.sleep(500).tick();
    assertEquals("sleeping", crew.figures().stage());
  }

  @Test
  void toldToSleepItDoesWithoutWaitingForTheTimeout() {
    crew.allServing();
    assertEquals(NOTHING, crew.demanded(new Demand.Sleep()));
    assertEquals(0, crew.millisToNext());
    assertEquals(3, crew.tick().size());
  }

  @Test
  void toldToSleepWhileOneHasWorkItWaitsForThatAndForNothingElse() {
    List<Long> pids = crew.allServing();
    crew.beat(pids.get(0), Beat.BUSY);
    crew.demanded(new Demand.Sleep());
    assertEquals(NOTHING, crew.seconds(5));
    crew.beat(pids.get(0), Beat.IDLE);
    assertEquals(3, crew.tick().size());
  }

  @Test
  void afterHavingStoodStillItDecidesNothingBeforeItHasHeardThePipes() {
    List<Long> pids = crew.allServing();
    crew.seconds(29);
    crew.stoodStill();
    assertEquals(NOTHING, crew.seconds(1));
    assertEquals(Long.MAX_VALUE / 1_000_000, crew.millisToNext());
    crew.beat(pids.get(1), Beat.BUSY);
    assertEquals(NOTHING, crew.seconds(10));
    crew.beat(pids.get(1), Beat.IDLE);
    crew.seconds(29);
    crew.stoodStill();
    assertEquals(NOTHING, crew.seconds(1));
    assertEquals(3, crew.seconds(1).size(), "nobody has said anything");
  }

  @Test
  void whoStillBootsIsAskedToLeaveWhenItCanHearThat() {
    crew.begin();
    long first = crew.newest().getFirst();
    crew.beat(first, Beat.READY);
    crew.sleep(100).tick();
    List<Long> booting = crew.newest();
    assertEquals(List.of(new Order.Term(first)), crew.seconds(30));
    assertEquals(NOTHING, crew.ended(first, Exit.FINE));
    for (long pid : booting) {
      assertEquals(List.of(new Order.Term(pid)), crew.beat(pid, Beat.READY));
      assertEquals(NOTHING, crew.beat(pid, Beat.READY));
    }
  }

  @Test
  void whoBootsWhenAllAreToStopIsAskedAtOnceAndOnce() {
    crew.begin();
    long first = crew.newest().getFirst();
    assertEquals(List.of(new Order.Term(first)), crew.told());
    assertEquals(NOTHING, crew.beat(first, Beat.READY));
  }
}
