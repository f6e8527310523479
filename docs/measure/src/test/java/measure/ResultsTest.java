package measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is made of figures. */
final class ResultsTest {

  private static Results results() {
    Results results = new Results().about("Machine", "2 cores: slow");
    for (int i = 1; i <= 5; i++) {
      results.add("many", Subject.SPYGLASS, "kB", i * 2);
      results.add("many", "nginx", "kB", i);
    }
    return results;
  }

  @Test
  void aMedianIsTheMiddleOneAndAPercentileSomebodysValue() {
    assertEquals(OptionalDouble.of(3), results().median("many", "nginx", "kB"));
    Results even = results();
    even.add("many", "nginx", "kB", 4);
    assertEquals(OptionalDouble.of(3.5), even.median("many", "nginx", "kB"));
    assertEquals(OptionalDouble.of(5), results().percentile("many", "nginx", "kB", 99));
    assertEquals(OptionalDouble.empty(), results().median("many", "Jetty", "kB"));
  }

  @Test
  void fewValuesHaveNoP99() {
    Results results = new Results();
    for (int i = 1; i <= 40; i++) {
      assertEquals(OptionalDouble.empty(), results.p99("wake", "hello", "ms"));
      results.add("wake", "hello", "ms", i);
    }
    assertEquals(OptionalDouble.of(40), results.p99("wake", "hello", "ms"));
  }

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("many.csv");
    results().write(file);
    Results read = Results.read(file);
    assertEquals(results().about(), read.about());
    assertEquals(Tables.of(results()), Tables.of(read));
  }

  @Test
  void aTableComparesWithSpyglass() {
    assertEquals(
        """
        **Many.**

        |  | kB: median | least | p99 | most | taken | times Spyglass |
        | --- | --- | --- | --- | --- | --- | --- |
        | Spyglass | 6 | 2 |  | 10 | 5 | 1 |
        | nginx | 3 | 1 |  | 5 | 5 | 0.50 |

        """,
        Tables.of(results()));
  }

  @Test
  void theBestPeerIsTheBestOnTheJvmWithWhateverFlags() {
    Results load = new Results();
    String task = Throughput.SMALL.name();
    load.add(task, Subject.SPYGLASS, Throughput.CPU, 10);
    load.add(task, "nginx", Throughput.CPU, 1);
    load.add(task, "Jetty", Throughput.CPU, 12);
    load.add(task, "Jetty" + Subject.SERIAL, Throughput.CPU, 8);
    String bars = Bars.of(Map.of("load", load));
    assertTrue(bars.contains("| at least 1 | 0.80 | missed |"), bars);
    assertTrue(bars.contains("| at most 17 |  | not measured |"), bars);
  }

  @Test
  void aPageIsRenewedBetweenItsMarksOnly() {
    String page =
        """
        By hand.
        <!-- measured: bars -->
        old
        <!-- end -->
        <!-- measured: many -->
        <!-- end -->
        By hand, too.
        """;
    String renewed = Page.renewed(page, Map.of("many", results()));
    assertTrue(renewed.startsWith("By hand.\n<!-- measured: bars -->\n\n| what"), renewed);
    assertTrue(renewed.contains("- Machine: 2 cores: slow\n- [All figures](measured/many.csv)"));
    assertTrue(renewed.endsWith("<!-- end -->\nBy hand, too.\n"), renewed);
    assertEquals(renewed, Page.renewed(renewed, Map.of("many", results())));
    assertThrows(IllegalStateException.class, () -> Page.renewed("", Map.of("many", results())));
  }

  @Test
  void aPageSaysThatItsFiguresAreOfDifferentDays() {
    String marks = "<!-- measured: %s -->\n<!-- end -->\n";
    String page = marks.formatted("bars") + marks.formatted("idle") + marks.formatted("many");
    Map<String, Results> figures = new TreeMap<>();
    figures.put("idle", results().about(Machine.DAY, "2026-11-21"));
    figures.put("many", results().about(Machine.DAY, "2026-11-21"));
    assertFalse(Page.renewed(page, figures).contains("one day"));
    figures.put("many", results().about(Machine.DAY, "2026-11-22"));
    String renewed = Page.renewed(page, figures);
    assertTrue(
        renewed.contains("Not all was measured on one day: idle 2026-11-21, many 2026-11-22."),
        renewed);
  }

  @Test
  void aPictureIsMadeOfEachTask() throws Exception {
    System.setProperty("java.awt.headless", "true");
    assertTrue(Picture.svg(results()).contains("nginx"));
  }
}
