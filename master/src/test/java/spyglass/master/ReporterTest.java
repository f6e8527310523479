package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ReporterTest {

  private final Reporter reporter = new Reporter(2, pid -> pid * 1000);

  private static Figures figures(Optional<String> breaker, Figures.Worker... workers) {
    return new Figures("serving", 2, 3, 4, 500, 6, breaker, List.of(workers));
  }

  @Test
  void eachFigureIsALineAndEachWorkerIsOne() {
    Figures.Worker ann = new Figures.Worker(7, "busy", 2_500_000_000L, 6, 499);
    assertEquals(
        """
        stage serving
        wanted 2
        restarts 3
        died 4
        served 500
        in-flight 6
        worker pid=7 state=busy since=997500 in-flight=6 served=499 rss=7000
        """,
        reporter.status(figures(Optional.empty(), ann), 1_000_000));
  }

  @Test
  void whatIsWrongIsThereAndTheLastFiveErrorsTheNewestLast() {
    for (int i = 1; i <= 7; i++) {
      reporter.error("trouble " + i + "\nof two lines");
    }
    String status = reporter.status(figures(Optional.of("open")), 0);
    assertTrue(status.contains("\nbreaker open\n"), status);
    List<String> errors = status.lines().filter(line -> line.startsWith("error ")).toList();
    assertEquals(5, errors.size());
    assertTrue(errors.getFirst().matches("error \\d{4}-\\S+Z trouble 3\\\\nof two lines"), status);
    assertTrue(errors.getLast().endsWith("trouble 7\\nof two lines"), status);
  }
}
