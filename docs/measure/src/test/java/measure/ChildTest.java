package measure;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is started. */
final class ChildTest {

  @Test
  void nobodysOptionsComeWithTheEnvironment() {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "JAVA_TOOL_OPTIONS", "-Xint",
                "JDK_JAVA_OPTIONS", "-Xint",
                "JAVA_OPTS", "-Xint",
                "SPYGLASS_WORKERS", "7",
                "HOME", "here"));
    Child.clear(environment);
    assertEquals(Map.of("HOME", "here"), environment);
  }
}
