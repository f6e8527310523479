package measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Each program does what it is for. Its figures are for people: none of them is tested. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class MeasureIT {

  private static final Path ROOT = Path.of(System.getProperty("spyglass.root"));

  @TempDir private Path folder;

  @Test
  void everyProgramLeavesFiguresOfEveryPeerThatIsInstalled() throws Exception {
    Process measure = start("--tiny", "--out", folder.toString());
    try {
      assertTrue(measure.waitFor(9, TimeUnit.MINUTES), this::said);
      assertEquals(0, measure.exitValue(), this::said);
      assertEquals(List.of(), measure.descendants().toList());
      assertNothingIsLeft();
    } finally {
      end(measure);
    }
    for (String program : Page.PROGRAMS) {
      Results results = Results.read(folder.resolve(program + ".csv"));
      assertFalse(results.tasks().isEmpty(), program);
      assertTrue(Files.readString(folder.resolve(program + ".svg")).contains("<svg"), program);
    }
    Results load = Results.read(folder.resolve("load.csv"));
    assertTrue(
        load.subjects(Throughput.SMALL.name())
            .containsAll(
                List.of(Subject.SPYGLASS, "JDK", "Undertow", "Jetty", "Helidon", "microhttp")),
        this::said);
    for (String task : load.tasks()) {
      for (String subject : load.subjects(task)) {
        assertEquals(0, load.median(task, subject, "failed").orElseThrow(), task + subject);
      }
    }
  }

  @Test
  void anEndInTheMiddleLeavesNoProcessAndNoFile() throws Exception {
    Process measure = start("--cycles", "10000", "--out", folder.toString(), "cycles");
    try {
      Visit.await("a server that is awake", () -> measure.descendants().count() > 2);
      List<ProcessHandle> tree = measure.descendants().toList();
      measure.destroy();
      assertTrue(measure.waitFor(3, TimeUnit.MINUTES), this::said);
      assertEquals(128 + 15, measure.exitValue(), this::said);
      assertEquals(List.of(), tree.stream().filter(ProcessHandle::isAlive).toList());
      assertNothingIsLeft();
    } finally {
      end(measure);
    }
  }

  private void assertNothingIsLeft() throws Exception {
    try (Stream<Path> files = Files.list(folder.resolve("tmp"))) {
      assertEquals(List.of(), files.toList(), this::said);
    }
    assertEquals(Optional.empty(), Proc.withArgument(folder.resolve("tmp") + "/"));
  }

  /** Told to, it tidies up; who is left after that is ended by force, parents first. */
  private static void end(Process measure) throws Exception {
    measure.destroy();
    if (!measure.waitFor(60, TimeUnit.SECONDS)) {
      List<ProcessHandle> all =
          Stream.concat(Stream.of(measure.toHandle()), measure.descendants()).toList();
      all.forEach(ProcessHandle::destroyForcibly);
    }
  }

  @Test
  void aProgramThatThereIsNotIsAMistake() throws Exception {
    Process measure = start("tea");
    assertEquals(100, measure.waitFor());
    assertEquals("measure: no program tea: see --help", said().strip());
  }

  @Test
  void aPeerThatThereIsNotIsAMistake() throws Exception {
    Process measure = start("--only=JDK,tea", "parse");
    assertEquals(100, measure.waitFor());
    assertEquals("measure: no peer tea: see --help", said().strip());
  }

  @Test
  void figuresThatMeanNothingGoIntoNoPage() throws Exception {
    new Results().about(Machine.TINY, "they mean nothing").write(folder.resolve("idle.csv"));
    Process measure = start("--out", folder.toString(), "page");
    assertEquals(100, measure.waitFor());
    assertTrue(said().contains("idle.csv is of --tiny"), this::said);
  }

  private Process start(String... words) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = ROOT.resolve("docs/measure/target/lib/measure.jar");
    List<String> command = new ArrayList<>(List.of(java.toString()));
    command.add("-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp")));
    command.addAll(List.of("-jar", jar.toString()));
    command.addAll(List.of(words));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("said").toFile());
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    return builder.start();
  }

  private String said() {
    try {
      return Files.readString(folder.resolve("said"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }
}
