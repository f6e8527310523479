package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log whose reader stands still: a pipe that is full, at the other end of which nobody reads. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class LogIT {

  private static final int REQUESTS = 1000;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "stop", "sleep"})
  void a_log_that_nobody_reads_holds_up_no_request_and_no_order(String end) throws Exception {
    Path log = folder.resolve("log");
    assertEquals(0, new ProcessBuilder("mkfifo", log.toString()).start().waitFor());
    int port = Started.freePort();
    // To open it for both is not to wait for somebody at its other end.
    try (RandomAccessFile standsStill = new RandomAccessFile(log.toFile(), "rw")) {
      standsStill.write(new byte[60 << 10]);
      String start = "exec \"$0\" -vvv --name=l --run=\"$1\" --port=$4 \"$2\" 2>\"$3\"";
      List<String> command =
          List.of(
              "sh",
              "-c",
              start,
              Launcher.script(),
              folder.toString(),
              Launcher.example("hello"),
              log.toString(),
              Integer.toString(port));
      try (Started server = Started.by(command)) {
        server.await("a lookout", () -> server.named("spy-lookout").equals(List.of(server.pid())));
        for (int request = 1; request <= REQUESTS; request++) {
          assertEquals(200, Client.get(port, "/").status(), "request " + request);
        }
        assertTrue(order("status").contains("awake"));
        if (end.equals("sleep")) {
          order("sleep");
          server.await("sleep", () -> server.ours().size() == 1);
          assertEquals(200, Client.get(port, "/").status());
          end = "stop";
        }
        if (end.equals("stop")) {
          order("stop");
        } else {
          Proc.kill(end, server.pid());
        }
        assertEquals(0, server.awaitEnd());
      }
    }
  }

  private String order(String order) throws Exception {
    Launcher.Run run =
        Launcher.finish(Map.of("SPYGLASS_RUN", folder.toString()), order, "--name=l");
    assertEquals(0, run.process().exitValue(), () -> order + ": " + run.lines());
    return run.said();
  }
}
