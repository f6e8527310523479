package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lab of {@code docs/accepting.md}: what it says is lost, and what is not, is so. */
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class AcceptLabIT {

  private static final List<String> WAYS =
      List.of("shared", "pass", "spawn", "reuseport (experiment)");

  /** What is in the three tables behind the way. */
  private record Rows(List<List<String>> cells) {
    static Rows of(String page) {
      return new Rows(
          page.lines()
              .filter(line -> line.startsWith("| "))
              .filter(line -> !line.startsWith("| accept ") && !line.startsWith("| ---"))
              .map(line -> Arrays.stream(line.split("\\|", -1)).map(String::strip).toList())
              .toList());
    }

    List<String> cell(int table, int column) {
      return cells.subList(table * WAYS.size(), (table + 1) * WAYS.size()).stream()
          .map(row -> row.get(column))
          .toList();
    }
  }

  @Test
  void aKilledWorkerTakesWithItWhatItHadBegunAndNothingElse(@TempDir Path folder) throws Exception {
    run(folder);
    Rows rows = Rows.of(Files.readString(folder.resolve("accepting-table.md")));
    List<String> ways = new ArrayList<>();
    rows.cells().forEach(row -> ways.add(row.get(1)));
    List<String> thrice = new ArrayList<>(WAYS);
    thrice.addAll(WAYS);
    thrice.addAll(WAYS);
    assertEquals(thrice, ways);

    List<String> nobody = WAYS.stream().map(way -> "0").toList();
    assertEquals(nobody, rows.cell(0, 7), "lost of the even load");
    assertEquals(nobody, rows.cell(1, 6), "lost of the uneven load");
    // The last is the experiment, whose queue dies with its process; how much was in it is chance.
    int spyglass = WAYS.size() - 1;
    assertEquals(
        nobody.subList(0, spyglass),
        rows.cell(2, 5).subList(0, spyglass),
        () -> "lost, though the killed worker had not begun with them: " + rows.cells());
    assertEquals(rows.cell(2, 2), rows.cell(2, 3), "whoever had begun is gone");
    assertWellFormed(folder.resolve("accepting.svg"));
  }

  private static void run(Path folder) throws Exception {
    String id = UUID.randomUUID().toString();
    File said = folder.resolve("said").toFile();
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Launcher.example("accept-lab"),
                "--quick",
                "--out",
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(said);
    Launcher.clean(builder.environment());
    builder.environment().put("E2E_OF_SPYGLASS", id);
    Process lab = builder.start();
    try {
      assertTrue(lab.waitFor(5, TimeUnit.MINUTES), () -> "it does not end");
      assertEquals(0, lab.exitValue(), Files.readString(said.toPath()));
      assertEquals(List.of(), Proc.withVariable("E2E_OF_SPYGLASS=" + id), "it has left somebody");
    } finally {
      for (Proc left : Proc.withVariable("E2E_OF_SPYGLASS=" + id)) {
        Proc.kill("KILL", left.pid());
      }
    }
  }

  private static void assertWellFormed(Path svg) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type is named by an address; nothing is fetched from there.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    String root =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(Files.readAllBytes(svg)))
            .getDocumentElement()
            .getTagName();
    assertEquals("svg", root);
  }
}
