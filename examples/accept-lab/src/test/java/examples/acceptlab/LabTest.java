package examples.acceptlab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import spyglass.protocol.ProtocolLint;

/** What the lab makes of its figures; that it gets them is tested where Spyglass can be started. */
final class LabTest {

  @BeforeAll
  static void withoutAScreen() {
    System.setProperty("java.awt.headless", "true");
  }

  /** Of 100: the n-th waited n ms. The first 75 met one process. */
  private static Phase phase() {
    List<Answer> answers = new ArrayList<>();
    for (int i = 1; i <= 100; i++) {
      String asked = i % 2 == 0 ? "work 0" : "work 50";
      answers.add(new Answer.Served(i <= 75 ? 11 : 12, i * 1_000_000L, asked));
    }
    return new Phase(answers, new Meter.Used(50, 300));
  }

  private static List<Row> rows() {
    Death death = new Death(11, 2, 2, 13, 0);
    return Way.all().stream().map(way -> new Row(way, phase(), phase(), death)).toList();
  }

  @Test
  void aPercentileIsTheWaitOfSomebodyWhoWaited() {
    assertEquals(50, phase().waitedMillis(50));
    assertEquals(99, phase().waitedMillis(99));
    assertEquals(50, phase().quickWaitedMillis(50));
    assertEquals(100, phase().quickWaitedMillis(99));
  }

  @Test
  void whatWasUsedIsDividedByTheConnections() {
    assertEquals(0.5, phase().cpuMillisEach());
    assertEquals(3, phase().switchesEach());
    assertEquals(75, phase().busiestPercent());
    assertEquals(Map.of(11L, 75L, 12L, 25L), phase().byPid());
  }

  @Test
  void theTableHasEachWayThreeTimes() {
    String table = Table.of("Generated.", Plan.quick(), rows());
    for (Way way : Way.all()) {
      String begin = "| " + way.accept() + " | ";
      assertEquals(3, table.lines().filter(line -> line.startsWith(begin)).count(), table);
    }
    assertTrue(table.contains("11: 75, 12: 25"), table);
  }

  @Test
  void thePictureIsWellFormedAndNamesEachWay() throws Exception {
    String svg = Picture.svg(rows());
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    // The document type is named by an address; nothing is fetched from there.
    factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
    String root =
        factory
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement()
            .getTagName();
    assertEquals("svg", root);
    for (Way way : Way.all()) {
      assertTrue(svg.contains(">" + way.label() + "<"), way::label);
    }
  }

  @Test
  void theSameSeedGivesTheSameLoad() {
    Load one = Load.uneven(100, 50, 7, 4, Duration.ofSeconds(1));
    assertEquals(one, Load.uneven(100, 50, 7, 4, Duration.ofSeconds(1)));
    long slow = one.lines().stream().filter("work 50"::equals).count();
    assertTrue(slow > 2 && slow < 25, () -> "one in ten, more or less: " + slow);
  }

  @Test
  void theProtocolKeepsItsClausesAndSaysWhoHasBegunAndDone() throws Exception {
    Work work = new Work();
    ProtocolLint.started(work, Map.of());
    long pid = ProcessHandle.current().pid();
    String answer = ProtocolLint.call(work, "work 1\n".getBytes(StandardCharsets.UTF_8)).text();
    assertEquals(pid + " begun\n" + pid + " done\n", answer);
    assertEquals(new Task(0), Task.of("hello 3"));
    assertEquals(new Task(50), Task.of("work 50"));
    assertEquals(new Task(60_000), Task.of("work 99999"));
  }

  @Test
  void aProcessIsReadFromProc() throws Exception {
    long self = ProcessHandle.current().pid();
    assertEquals(self, Proc.of(self).orElseThrow().pid());
    assertTrue(Proc.switches(self) > 0);
    assertTrue(Files.exists(Path.of("/proc/self")));
    assertTrue(Proc.of(Long.MAX_VALUE).isEmpty());
  }
}
