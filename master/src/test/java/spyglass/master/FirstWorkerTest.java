package spyglass.master;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A shell starts a child and then becomes a JVM, which adopts it. */
@Timeout(60)
class FirstWorkerTest {

  /** What a JVM with such a child says: what the child says, how it ended, and whether it is there still. */
  static final class Parent {
    public static void main(String[] args) throws Exception {
      Process child = FirstWorker.told().orElseThrow();
      boolean alive = child.isAlive() && child.toHandle().isAlive();
      String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      int status = child.waitFor();
      boolean there = Files.exists(Path.of("/proc/" + child.pid()));
      System.out.println(said + " " + status + " " + child.exitValue() + " " + alive + " " + there);
    }
  }

  private static String adopt(String child) throws Exception {
    String script =
        """
        exec 4<<END
        END
        exec 5>/proc/self/fd/4
        (%s) >&5 4<&- 5>&- &
        export SPYGLASS_FIRST_WORKER=$!
        exec 5>&-
        exec "$@"
        """
            .formatted(child);
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String jars = System.getProperty("java.class.path");
    List<String> command =
        List.of(
            "sh",
            "-c",
            script,
            "sh",
            java,
            FirstWorker.ACCESS,
            "-cp",
            jars,
            Parent.class.getName());
    Process parent = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(parent.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertEquals(0, parent.waitFor(), said);
    return said.strip();
  }

  @Test
  void thisJdkCanWaitForAChildItHasNotStarted() {
    assertTrue(FirstWorker.canBeAdopted());
  }

  @ParameterizedTest
  @CsvSource({"exit 112,112", "kill -9 $(sh -c 'echo $PPID'),137", ":,0"})
  void itsPipeIsReadItsStatusIsKnownAndNoZombieIsLeft(String end, int status) throws Exception {
    // Not before the shell has become a JVM: a shell looks after those of its children who have
    // died.
    String wait = "while grep -q '^sh$' /proc/$$/comm; do :; done; ";
    String told = adopt(wait + "printf r; " + end);
    assertTrue(told.startsWith("r " + status + " " + status + " "), told);
    assertTrue(told.endsWith(" false"), told);
  }

  @Test
  void aProcessThatWasNotToldOfAWorkerHasNone() throws Exception {
    assertFalse(FirstWorker.told().isPresent());
  }
}
