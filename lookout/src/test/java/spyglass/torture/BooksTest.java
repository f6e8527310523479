package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import spyglass.torture.Books.Verdict;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class BooksTest {

  private static final int PORT = 40_000;
  private static final long WORKER = 17;

  private static Visit visit(Fate fate) {
    return new Visit(1, Kind.SHORT, Stage.SERVING, 100, 200, PORT, fate, "");
  }

  private static Hit kill(long at, Integer... ports) {
    return new Hit(Stage.SERVING, Blow.KILL, "spy-worker", WORKER, at, Set.of(ports));
  }

  private static Verdict judge(Fate fate, Map<Long, Long> begun, Hit... hits) {
    Visit visit = visit(fate);
    return new Books(List.of(visit), begun, List.of(hits)).judge(visit);
  }

  @Test
  void an_answer_and_a_refusal_need_no_excuse() {
    assertEquals(Verdict.FINE, judge(Fate.ANSWERED, Map.of()));
    assertEquals(Verdict.FINE, judge(Fate.REFUSED, Map.of()));
  }

  @Test
  void a_connection_that_the_killed_worker_held_was_cut() {
    assertEquals(Verdict.CUT, judge(Fate.BROKEN, Map.of(), kill(150, PORT)));
    assertEquals(Verdict.CUT, judge(Fate.BROKEN, Map.of(1L, WORKER), kill(150, PORT)));
  }

  @Test
  void a_connection_that_it_did_not_hold_or_not_then_is_lost() {
    assertEquals(Verdict.NOT_ACCEPTED_LOST, judge(Fate.BROKEN, Map.of(), kill(150, PORT + 1)));
    assertEquals(Verdict.NOT_ACCEPTED_LOST, judge(Fate.BROKEN, Map.of(), kill(50, PORT)));
    assertEquals(Verdict.NOT_ACCEPTED_LOST, judge(Fate.SILENT, Map.of()));
    assertEquals(Verdict.NOT_ACCEPTED_LOST, judge(Fate.UNHEARD, Map.of()));
  }

  @Test
  void what_a_worker_has_begun_that_nobody_killed_is_accepted_and_lost() {
    assertEquals(Verdict.ACCEPTED_LOST, judge(Fate.BROKEN, Map.of(1L, WORKER + 1), kill(150)));
    assertEquals(Verdict.ACCEPTED_LOST, judge(Fate.CROSSED, Map.of(1L, WORKER)));
  }

  @Test
  void a_request_that_crossed_the_closing_of_an_idle_connection_is_no_loss() {
    assertEquals(Verdict.CROSSED, judge(Fate.CROSSED, Map.of()));
  }

  @Test
  void nothing_excuses_a_wrong_answer() {
    assertEquals(Verdict.WRONG, judge(Fate.WRONG, Map.of(1L, WORKER), kill(150, PORT)));
  }

  @Test
  void the_report_counts_by_state_and_by_kind_and_names_who_was_lost() {
    Visit lost = visit(Fate.SILENT);
    Books books = new Books(List.of(visit(Fate.ANSWERED), lost), Map.of(), List.of(kill(150)));
    String report = new Report(books).text("title");
    assertTrue(report.startsWith("title\n"), report);
    String row = "serving                       2        1        0        0        0        1";
    assertTrue(report.contains(row), report);
    assertTrue(report.contains("\nshort                         2 "), report);
    assertTrue(report.contains("\nnot accepted and lost: 1\n"), report);
    assertTrue(report.contains("\nNOT_ACCEPTED_LOST " + lost), report);
  }
}
