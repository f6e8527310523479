package examples.tally;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import spyglass.http.Context;
import spyglass.http.Lint;
import spyglass.http.Request;

final class TallyLintTest {

  @TempDir private Path data;

  private Tally started() throws Exception {
    Tally tally = new Tally();
    tally.start(Context.inTest(data, Map.of()));
    return tally;
  }

  private static String visit(Tally tally) throws Exception {
    return Lint.call(tally, Request.of("GET", "/")).text();
  }

  @Test
  void theNextOneGoesOnWhereTheLastOneWas() throws Exception {
    Tally first = started();
    assertEquals("1\n", visit(first));
    assertEquals("2\n", visit(first));
    first.sleep(Instant.now());
    assertEquals("3\n", visit(started()));
  }

  @Test
  void whatWasNotPutAwayIsCountedAgain() throws Exception {
    visit(started());
    assertEquals("1\n", visit(started()));
  }

  @Test
  void aFileThatHoldsNoCountKeepsItFromStarting() throws Exception {
    Path file = Files.createDirectories(data.resolve("tally")).resolve("count");
    Files.writeString(file, "many");
    Exception thrown = assertThrows(IOException.class, this::started);
    assertEquals(file + " has no number in it: write one there, or delete it", thrown.getMessage());
  }

  @Test
  @Timeout(20)
  void whatALinkLeadsToIsNeitherReadNorWrittenAndAFifoKeepsNobodyWaiting() throws Exception {
    Path foreign = Files.writeString(data.resolve("foreign"), "7");
    Path file = Files.createDirectories(data.resolve("tally")).resolve("count");
    Files.createSymbolicLink(file.resolveSibling("count.new"), foreign);
    Tally tally = started();
    visit(tally);
    tally.sleep(Instant.now());
    assertEquals("7", Files.readString(foreign));
    assertEquals("2\n", visit(started()));
    Files.delete(file);
    Files.createSymbolicLink(file, foreign);
    assertThrows(IOException.class, this::started);
    Files.delete(file);
    assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).inheritIO().start().waitFor());
    assertThrows(IOException.class, this::started);
  }

  @Test
  void otherPathsAreNotFound() throws Exception {
    assertEquals(404, Lint.call(started(), Request.of("GET", "/favicon.ico")).status());
  }
}
