package measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
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
    } finally {
      measure.descendants().forEach(ProcessHandle::destroyForcibly);
      measure.destroyForcibly();
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
  void aProgramThatThereIsNotIsAMistake() throws Exception {
    Process measure = start("tea");
    assertEquals(100, measure.waitFor());
    assertEquals("measure: no program tea: see --help", said().strip());
  }

  private Process start(String... words) throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Path jar = ROOT.resolve("docs/measure/target/lib/measure.jar");
    List<String> command = new java.util.ArrayList<>(List.of(java.toString(), "-jar"));
    command.add(jar.toString());
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
