package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Descriptors 0, 1 and 2 are whatever the starter has left there. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DescriptorsIT {

  private static final String HELLO = Launcher.example("hello");

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "dash, <&-",
    "dash, >&-",
    "dash, 2>&-",
    "dash, <&- >&- 2>&-",
    "bash, 2>&-",
    "bash, <&- >&- 2>&-",
    "busybox sh, <&- >&- 2>&-"
  })
  void what_is_closed_of_0_1_and_2_becomes_dev_null_and_it_serves(String shell, String closed)
      throws Exception {
    assumeTrue(Started.isInstalled(shell.split(" ", -1)[0]));
    int port = Started.freePort();
    String start = "exec %s \"$0\" --port=%d --timeout=1 \"$1\" %s".formatted(shell, port, closed);
    try (Started server = Started.by(List.of("sh", "-c", start, Launcher.script(), HELLO))) {
      server.await("a lookout", () -> server.named("spy-lookout").equals(List.of(server.pid())));
      assertEquals(200, Client.get(port, "/").status());
      for (int descriptor = 1; descriptor <= 2; descriptor++) {
        String target = target(server.pid(), descriptor);
        boolean isClosed =
            List.of(closed.split(" ", -1)).contains(descriptor == 1 ? ">&-" : "2>&-");
        assertEquals(isClosed, target.equals("/dev/null"), target);
      }
      server.await("sleep", () -> server.ours().size() == 1);
      assertEquals(200, Client.get(port, "/").status());
    }
  }

  @Test
  void a_log_file_takes_the_place_of_what_was_closed() throws Exception {
    Path log = folder.resolve("log");
    String start = "exec \"$0\" --port=0 --log-file=\"$1\" --timeout=1 \"$2\" <&- >&- 2>&-";
    try (Started server =
        Started.by(List.of("sh", "-c", start, Launcher.script(), log.toString(), HELLO), log)) {
      server.awaitLog("listening on");
      String line = server.log().lines().findFirst().orElseThrow();
      int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
      assertEquals(200, Client.get(port, "/").status());
    }
  }

  /** Without the launcher, the JVM has a file of the JDK's there and would die of losing it. */
  @ParameterizedTest
  @ValueSource(strings = {"0 <&-", "1 >&-"})
  void a_java_that_is_started_without_the_launcher_says_which_of_them_was_closed(String closed)
      throws Exception {
    String lib = Path.of(Launcher.script()).resolveSibling("lookout/target/lib").toString();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String start =
        "exec \"$0\" -Dslf4j.provider=spyglass.log.StderrProvider"
            + " -Dslf4j.internal.verbosity=WARN -cp \"$1/*\" spyglass.lookout.CommandMain --port=0 \"$2\" "
            + closed.substring(2);
    Launcher.refused(
        Launcher.start(Map.of(), List.of("sh", "-c", start, java, lib, HELLO)),
        "descriptor " + closed.charAt(0) + " was closed");
  }

  /** What looks like beats, a line that looks like figures, and more than a pipe can hold. */
  private String talker() throws IOException {
    return TestJar.in(folder)
        .type(
            "Talker",
            """
            public final class Talker {
              public static void premain(String argument) {
                System.out.println("12rlux(=9 9");
                System.out.println("r(".repeat(1 << 19));
                System.out.println("that was all");
              }
            }
            """)
        .agent("Talker")
        .write("talker.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"shared", "pass"})
  void what_an_agent_prints_before_main_is_in_the_log_and_is_no_beat(String accept)
      throws Exception {
    String agent = "JAVA_TOOL_OPTIONS=-javaagent:" + talker();
    List<String> command =
        List.of(
            "env",
            agent,
            Launcher.script(),
            "-v",
            "--listen=127.0.0.1:0",
            "--accept=" + accept,
            "--workers=2",
            "--timeout=1",
            HELLO);
    try (Started server = Started.by(command)) {
      server.awaitLog("listening on");
      String line =
          server.log().lines().filter(it -> it.contains("listening on")).findFirst().orElseThrow();
      int port = Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
      for (int wake = 1; wake <= 2; wake++) {
        assertEquals(200, Client.get(port, "/").status());
        server.await("sleep", () -> server.ours().size() == 1);
      }
      assertTrue(server.count("12rlux(=9 9") >= 2, "what workers have printed is in the log");
      for (String trouble : List.of("error: ", "warning: ", "stuck", "replaced")) {
        assertEquals(0, server.count(trouble), trouble);
      }
    }
  }

  private static String target(long pid, int descriptor) throws IOException {
    return Files.readSymbolicLink(Path.of("/proc/" + pid + "/fd/" + descriptor)).toString();
  }
}
