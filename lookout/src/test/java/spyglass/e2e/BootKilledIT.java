package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A boot is a row of programs, and each of them may be killed by others, as by a kernel that is short of
 * memory. An sh of ours stands first in the path: it puts a java of ours into the commands, and both kill
 * the step of which the test speaks, at most as often as another try is promised: three times.
 */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class BootKilledIT {

  private static final int VISITORS = 8;

  private static final String SH =
      """
      case "$2 $*" in
        words=*) strike script $$ ;;
        *MasterMain*) strike master-sh $$ ;;
        *WorkerMain*) strike worker-sh $$ ;;
      esac
      for word; do
        shift
        [ "$word" != "%1$s" ] || word="%2$s/jdk/bin/java"
        set -- "$@" "$word"
      done
      exec /bin/sh "$@"
      """;

  private static final String JAVA =
      """
      case "$SPYGLASS_GOES_FIRST $*" in
        *MasterMain*) strike master $$ ;;
        yes*)
          strike waiting-script "$SPYGLASS_PARENT"
          strike first-worker $$
          strike each-worker $$ ;;
        *)
          strike worker $$
          strike each-worker $$ ;;
      esac
      exec "%1$s" "$@"
      """;

  @TempDir private Path folder;

  private static String strike(String step, Path folder, int kills) {
    return """
    #!/bin/sh
    strike() {
      if [ "$1" = "%1$s" ] && [ "$(wc -l <"%2$s/struck")" -lt %3$d ]; then
        echo "$1" >>"%2$s/struck"
        kill -KILL "$2"
      fi
    }
    """
        .formatted(step, folder, kills);
  }

  private void program(Path file, String step, int kills, String text) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(file, strike(step, folder, kills) + text.formatted(java, folder));
    file.toFile().setExecutable(true);
  }

  private Tree start(String step, int kills, String accept) throws Exception {
    Files.writeString(folder.resolve("struck"), "");
    program(folder.resolve("sh"), step, kills, SH);
    // A server looks whether its JDK is still there.
    Path jdk = folder.resolve("jdk");
    program(Files.createDirectories(jdk.resolve("bin")).resolve("java"), step, kills, JAVA);
    Files.createSymbolicLink(
        jdk.resolve("lib"), Path.of(System.getProperty("java.home")).resolve("lib"));
    Map<String, String> path = Map.of("PATH", folder + ":" + System.getenv("PATH"));
    return Tree.by(
        Launcher.start(
            path,
            "-v",
            "--listen=127.0.0.1:0",
            "--accept=" + accept,
            "--workers=2",
            Launcher.example("hello")));
  }

  @ParameterizedTest
  @CsvSource({
    "shared, script, 3",
    "shared, waiting-script, 3",
    "shared, first-worker, 1",
    "shared, each-worker, 3",
    "shared, master, 3",
    "shared, worker-sh, 3",
    "shared, worker, 3",
    "pass, master-sh, 3",
    "pass, master, 3",
    "pass, worker-sh, 3",
    "pass, worker, 3"
  })
  void a_step_of_the_boot_that_is_killed_is_taken_again_and_all_visitors_are_served(
      String accept, String step, int kills) throws Exception {
    try (Tree tree = start(step, kills, accept);
        ExecutorService visitors = Executors.newFixedThreadPool(VISITORS)) {
      List<Future<Integer>> visits = new ArrayList<>();
      for (int i = 0; i < VISITORS; i++) {
        visits.add(visitors.submit(() -> Client.get(tree.port(), "/").status()));
      }
      for (Future<Integer> visit : visits) {
        assertEquals(200, visit.get());
      }
      tree.await("all kills", () -> struck() == kills);
      for (String trouble : List.of("did not start", "error: ", "again and again", "died young")) {
        assertEquals(0, tree.countInLog(trouble), () -> String.join("\n", tree.log()));
      }
    }
  }

  private int struck() {
    try {
      return Files.readAllLines(folder.resolve("struck")).size();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
