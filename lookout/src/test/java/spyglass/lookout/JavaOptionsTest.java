package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Sources;

/** What of {@code --java-opts} is refused before anybody visits. */
@Timeout(60)
class JavaOptionsTest {

  private static Configuration options(String words) throws Misuse {
    return Sources.read(Map.of(), List.of(new Said("java-opts", words, new Origin.Typed())));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xshare:auto",
        "-XX:AOTMode=off",
        "-XX:-AOTReplayTraining",
        "-XX:SharedArchiveFile=x.jsa",
        "-XX:DumpLoadedClassList=x"
      })
  void aCacheOfTheirOwnIsRefusedWithWhatToDoInstead(String word) {
    Misuse e = assertThrows(Misuse.class, () -> options("-Xss1m " + word));
    assertEquals(
        "--java-opts -Xss1m "
            + word
            + ": "
            + word
            + ": the caches of classes are kept here: leave it out, or see --no-cache",
        e.getMessage());
  }

  @Test
  void whatJavaDoesNotKnowIsToldInItsOwnWords() throws Exception {
    JavaOptions.check(options("-Xss1m -Da=b"));
    Configuration unknown = options("-XX:+NoSuchFlagAtAll");
    String told =
        String.valueOf(assertThrows(Misuse.class, () -> JavaOptions.check(unknown)).getMessage());
    assertTrue(told.contains("does not start with that: ") && told.contains("NoSuchFlag"), told);
  }

  @Test
  void javaThatWaitsForSomebodyIsNotWaitedFor() throws Exception {
    assertEquals(
        Optional.of("it is not ready after 1 s"),
        JavaOptions.complaint(List.of("sleep", "600"), Duration.ofSeconds(1)));
    assertEquals(
        Optional.of("no"),
        JavaOptions.complaint(List.of("sh", "-c", "echo no; exit 3"), Duration.ofSeconds(30)));
  }
}
