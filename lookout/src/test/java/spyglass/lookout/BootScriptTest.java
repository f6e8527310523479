package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With shells in the place of both JVMs, and in each shell that may be called sh. */
@Timeout(60)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class BootScriptTest {

  /** What it was told, whether its worker is its child, and the first byte of that. */
  private static final String MASTER =
      """
      exec >&3
      echo "ready ${SPYGLASS_FIRST_READY}, ended ${SPYGLASS_FIRST_ENDED}"
      { read -r pid name state parent rest < /proc/$SPYGLASS_FIRST_WORKER/stat; } 2>/dev/null
      [ "$parent" = $$ ] && echo "a child"
      echo "says $(head -c 1 <&4)"
      """;

  private static List<String> boot(String shell, String worker) throws Exception {
    List<String> words = new ArrayList<>(List.of(shell.split(" ")));
    assumeTrue(isInstalled(words.getFirst()), words.getFirst());
    List<String> script = BootScript.around(List.of("sh", "-c", MASTER, "--", "sh", "-c", worker));
    words.addAll(script.subList(1, script.size()));
    Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
    byte[] said = process.getInputStream().readAllBytes();
    assertEquals(0, process.waitFor());
    return new String(said, StandardCharsets.UTF_8).lines().toList();
  }

  private static boolean isInstalled(String program) throws Exception {
    try {
      return new ProcessBuilder(program, "true").start().waitFor() >= 0;
    } catch (IOException e) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void a_master_comes_when_its_worker_has_said_a_line_and_reads_the_rest(String shell)
      throws Exception {
    List<String> said =
        boot(shell, "exec >&3 3>&-; sleep 0.1; printf '85\\nr'; exec sleep 1 >/dev/null");
    assertEquals(List.of("ready 85, ended ", "a child", "says r"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void a_worker_that_says_nothing_gets_its_master_all_the_same(String shell) throws Exception {
    // The byte would have been taken for a part of the line, had the shell waited for it.
    List<String> said = boot(shell, "exec >&3 3>&-; sleep 3; printf r; exec sleep 1 >/dev/null");
    assertEquals(List.of("ready , ended ", "a child", "says r"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dash", "bash", "busybox sh"})
  void how_a_worker_that_dies_has_ended_is_told_to_its_master(String shell) throws Exception {
    assertEquals(List.of("ready , ended 7", "says "), boot(shell, "exit 7"));
  }
}
