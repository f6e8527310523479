package spyglass.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A lab that calls a right answer wrong would teach worse than none. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class LabIT {

  private static final Path LAB =
      Path.of(System.getProperty("spyglass.root", ".."))
          .toAbsolutePath()
          .normalize()
          .resolve("docs/labs/1-kill-the-master");

  private static final int QUESTIONS = 6;
  private static final Pattern CLEANED = Pattern.compile("(?m)^Cleaned up: ((?:\\d+ )+)are gone");

  private record Verdict(int status, String text) {
    long count(String word) {
      return text.lines().filter(line -> line.startsWith(word + "  ")).count();
    }
  }

  @Test
  void theRightAnswersAreCalledRight(@TempDir Path folder) throws Exception {
    Verdict verdict = check(folder, "--solution");
    assertEquals(0, verdict.status(), verdict.text());
    assertEquals(QUESTIONS, verdict.count("right"), verdict.text());
    assertNobodyIsLeft(verdict);
  }

  @Test
  void wrongAnswersAreCalledWrongAndToldWhatWasSeen(@TempDir Path folder) throws Exception {
    Path answers = folder.resolve("answers.txt");
    Files.writeString(
        answers,
        """
        # every one but the first
        noticed-first: lookout
        lookout-learns-by: signal
        new-parent: lookout
        running-request: broken
        next-request: refused
        idle-worker-leaves: never
        """);
    Verdict verdict = check(folder, answers.toString());
    assertEquals(1, verdict.status(), verdict.text());
    assertEquals(1, verdict.count("right"), verdict.text());
    assertEquals(QUESTIONS - 1, verdict.count("wrong"), verdict.text());
    assertTrue(verdict.text().contains("you said signal, it was pipe"), verdict.text());
    assertNobodyIsLeft(verdict);
  }

  @Test
  void anAnswerThatIsMissingStartsNothing(@TempDir Path folder) throws Exception {
    Verdict verdict = check(folder, LAB.resolve("answers.txt").toString());
    assertEquals(100, verdict.status(), verdict.text());
    assertTrue(verdict.text().contains("noticed-first"), verdict.text());
    assertFalse(verdict.text().contains("The lookout is"), verdict.text());
  }

  private static Verdict check(Path folder, String answers)
      throws IOException, InterruptedException {
    File out = folder.resolve("out").toFile();
    Process process =
        new ProcessBuilder("sh", LAB.resolve("check.sh").toString(), answers)
            .redirectInput(new File("/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(out)
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    if (!ended) {
      process.destroy(); // its trap cleans up
      process.waitFor(1, TimeUnit.MINUTES);
    }
    String text = Files.readString(out.toPath(), StandardCharsets.UTF_8);
    assertTrue(ended, text);
    return new Verdict(process.exitValue(), text);
  }

  /** The script says whom it had; that they are gone we see for ourselves. */
  private static void assertNobodyIsLeft(Verdict verdict) throws IOException {
    var cleaned = CLEANED.matcher(verdict.text());
    assertTrue(cleaned.find(), verdict.text());
    List<String> pids = List.of(cleaned.group(1).strip().split(" "));
    assertTrue(pids.size() >= 4, "a lookout, a master and two workers at least: " + pids);
    List<String> left = new ArrayList<>();
    for (String pid : pids) {
      Path stat = Path.of("/proc", pid, "stat");
      // A zombie that its new parent has not asked about yet is as dead as the rest.
      if (Files.exists(stat) && Files.readString(stat).matches("(?s).*\\(spy-.*\\) [^Z].*")) {
        left.add(pid);
      }
    }
    assertEquals(List.of(), left, "still alive");
  }
}
