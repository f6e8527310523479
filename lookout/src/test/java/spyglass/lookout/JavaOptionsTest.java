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
import spyglass.config.JvmVariables;
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
    JavaOptions.check(options("-Xss1m -Da=b"), JvmVariables.NONE);
    Configuration unknown = options("-XX:+NoSuchFlagAtAll");
    String told =
        String.valueOf(
            assertThrows(Misuse.class, () -> JavaOptions.check(unknown, JvmVariables.NONE))
                .getMessage());
    assertTrue(told.contains("does not start with that: ") && told.contains("NoSuchFlag"), told);
  }

  private static String mistake(String java, Map<String, String> environment) {
    return String.valueOf(
        assertThrows(
                Misuse.class, () -> JavaOptions.check(options(java), JvmVariables.of(environment)))
            .getMessage());
  }

  @Test
  void whatEveryJvmIsToldIsForTheWorkersAndAMistakeInItIsNamed() throws Exception {
    Map<String, String> set =
        Map.of(
            "JAVA_TOOL_OPTIONS", " '-Da=b c'  -Xshare:off -cp x ",
            "SPYGLASS_JDK_JAVA_OPTIONS", "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "_JAVA_OPTIONS", "-XX:+UseG1GC");
    JvmVariables told = JvmVariables.of(set);
    assertEquals(
        List.of("-Da=b c", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-Xss1m", "-XX:+UseG1GC"),
        told.around(List.of("-Xss1m")));
    assertEquals(List.of("-Xshare:off", "-cp", "x"), told.leftOut());
    JavaOptions.check(options("-Xss1m"), told);
    assertEquals(
        "JAVA_TOOL_OPTIONS and --java-opts -XX:+UseSerialGC: java does not start with that:"
            + " Multiple garbage collectors selected",
        mistake("-XX:+UseSerialGC", Map.of("JAVA_TOOL_OPTIONS", "-XX:+UseG1GC")));
    assertTrue(
        mistake("", Map.of("JDK_JAVA_OPTIONS", "-javaagent:/none.jar"))
            .startsWith("JDK_JAVA_OPTIONS: java does not start with that: Error opening zip file"));
    assertTrue(mistake("", Map.of("_JAVA_OPTIONS", "'-Da")).contains("a quote has no end"));
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
