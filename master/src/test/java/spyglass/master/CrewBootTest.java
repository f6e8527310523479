package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static spyglass.master.InventedCrew.KILLED;
import static spyglass.master.InventedCrew.leave;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.process.Exit;
import spyglass.worker.Accept;
import spyglass.worker.Beat;

/** From the order to wake to a whole crew that serves, or to the end of a wake that fails. */
class CrewBootTest {

  private static final Order START = new Order.Start();
  private static final Order LEAVE_WITH_APP = new Order.Leave(Exit.APP);
  private static final List<Order> NOTHING = List.of();

  private final InventedCrew crew = new InventedCrew();

  @Test
  void theFirstWorkerIsStartedAtOnceAndAloneAsLongAsItBoots() {
    assertEquals(List.of(START), crew.begin());
    assertEquals(Long.MAX_VALUE, crew.bare().nanosToNext(crew.now()));
    assertEquals(NOTHING, crew.seconds(59));
  }

  @Test
  void theOthersAreStartedATenthOfASecondAfterTheFirstWasReady() {
    crew.begin();
    long first = crew.newest().getFirst();
    assertEquals(List.of(new Order.TellReady()), crew.beat(first, Beat.READY));
    assertEquals(100, crew.millisToNext());
    assertEquals(NOTHING, crew.sleep(99).tick());
    assertEquals(1, crew.millisToNext());
    assertEquals(List.of(START, START), crew.sleep(1).tick());
    assertEquals(NOTHING, crew.tick());
  }

  @Test
  void onlyTheFirstThatIsReadyIsToldToTheLookout() {
    List<Long> pids = crew.allServing();
    assertEquals(NOTHING, crew.beat(pids.get(1), Beat.READY));
    assertEquals(NOTHING, crew.beat(pids.get(0), Beat.READY));
  }

  @Test
  void aCrewThatIsWholeWaitsForTheTimeoutAndNothingElse() {
    crew.allServing();
    assertEquals(29_900, crew.sleep(0).millisToNext());
  }

  @Test
  void anAppThatDoesNotStartEndsTheMasterWithTheAppsStatus() {
    crew.begin();
    assertEquals(List.of(LEAVE_WITH_APP), crew.ended(crew.newest().getFirst(), Exit.APP));
  }

  /** With 1 HotSpot answers a TERM in its first moments. */
  @ParameterizedTest
  @ValueSource(ints = {KILLED, 1})
  void aBootThatWasKilledIsTriedAgainAtOnceThreeTimes(int how) {
    crew.begin();
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(START), crew.ended(crew.newest().getFirst(), how));
    }
    assertEquals(List.of(LEAVE_WITH_APP), crew.ended(crew.newest().getFirst(), how));
  }

  @Test
  void aLaterBootThatWasKilledIsTriedAgainAtOnceThreeTimesAndThenInTime() {
    crew.begin();
    crew.beat(crew.newest().getFirst(), Beat.READY);
    crew.sleep(100).tick();
    for (int i = 0; i < 3; i++) {
      assertEquals(List.of(START), crew.ended(crew.newest().getFirst(), KILLED));
    }
    assertEquals(List.of(START), crew.ended(crew.newest().getFirst(), KILLED), "as the first");
    assertEquals(NOTHING, crew.ended(crew.newest().getFirst(), KILLED));
    assertEquals(1000, crew.millisToNext());
  }

  @Test
  void aKilledBootDoesNotMakeAFailedOneGood() {
    crew.begin();
    crew.ended(crew.newest().getFirst(), KILLED);
    assertEquals(List.of(LEAVE_WITH_APP), crew.ended(crew.newest().getFirst(), Exit.APP));
  }

  @Test
  void aBootAfterAKilledOneServesLikeAny() {
    crew.begin();
    crew.ended(crew.newest().getFirst(), KILLED);
    long second = crew.newest().getFirst();
    assertEquals(List.of(new Order.TellReady()), crew.beat(second, Beat.READY));
    assertEquals(List.of(START, START), crew.sleep(100).tick());
  }

  @Test
  void aFirstWorkerThatIsNotReadyInTimeIsKilledAndTheWakeHasFailed() {
    crew.begin();
    long slow = crew.newest().getFirst();
    assertEquals(NOTHING, crew.seconds(59));
    assertEquals(new Order.Kill(slow), crew.seconds(1).getFirst());
    assertEquals(List.of(LEAVE_WITH_APP), crew.ended(slow, KILLED), "and it is not tried again");
  }

  @Test
  void theWakeDeadlineIsForAllTriesTogether() {
    crew.begin();
    crew.seconds(40);
    crew.ended(crew.newest().getFirst(), KILLED);
    long second = crew.newest().getFirst();
    assertEquals(NOTHING, crew.seconds(19));
    assertEquals(new Order.Kill(second), crew.seconds(1).getFirst());
  }

  @Test
  void theDeathOfTheFirstWorkerBeforeTheOthersAreStartedDelaysNobody() {
    crew.begin();
    long first = crew.newest().getFirst();
    crew.beat(first, Beat.READY);
    assertEquals(List.of(START, START, START), crew.ended(first, KILLED));
  }

  @Test
  void theEndOfABootThatWasToldToStopIsNoFailure() {
    crew.begin();
    long first = crew.newest().getFirst();
    assertEquals(List.of(new Order.Term(first)), crew.told());
    assertEquals(List.of(leave()), crew.ended(first, 128 + 15));
  }

  @Test
  void readyAfterTheOrderToStopIsTooLate() {
    crew.begin();
    long first = crew.newest().getFirst();
    crew.told();
    assertEquals(NOTHING, crew.beat(first, Beat.READY));
    assertEquals(NOTHING, crew.sleep(100).tick());
    assertEquals(List.of(leave()), crew.ended(first, Exit.FINE));
  }

  @Test
  void aCrewOfOneIsWholeWithTheFirst() {
    Crew one = new Crew(new Plan(Accept.SHARED, 1, false, 30_000, 0, 12, 60, 20, 0, 0));
    assertEquals(List.of(START), one.begin(0));
    assertEquals(NOTHING, one.started(5, 1));
    assertEquals(List.of(new Order.TellReady()), one.beat(5, Beat.READY, 2));
    assertEquals(NOTHING, one.tick(29_000));
    assertEquals(List.of(new Order.Term(5)), one.tick(30_002));
  }
}
