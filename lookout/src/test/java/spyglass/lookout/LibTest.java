package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import spyglass.docs.Checked;

/** Finds our jars, whatever their versions. */
class LibTest {

  @Test
  void aJarIsFoundByItsNameAndOneThatIsThereTwiceIsNamed() throws Exception {
    Path jar = Path.of("/m2/spyglass-worker/1/spyglass-worker-1.jar");
    Path other = Path.of("/m2/spyglass-worker-tests-1.jar");
    assertEquals(jar, Lib.jar(List.of(other, jar), "spyglass-worker"));
    List<Path> twice = List.of(jar, Path.of("/lib/spyglass-worker-9.jar"));
    var e = assertThrows(IllegalStateException.class, () -> Lib.jar(twice, "spyglass-worker"));
    assertEquals("the class path should hold one spyglass-worker jar, and holds 2", e.getMessage());
  }

  /** A program that has us on its class path starts us as the script does. */
  @Test
  void theScriptAndAProgramTellJavaTheSame() throws Exception {
    String script = Files.readString(Checked.ROOT.resolve("spyglass"));
    for (String flag : Starter.FLAGS) {
      assertTrue(script.contains(" " + flag + " "), flag);
    }
    String told = script.replaceAll("(?s).*\nset -- (.*?)-Dspyglass\\.launcher.*", "$1");
    assertEquals(Starter.FLAGS.size(), told.replace("\\\n", "").strip().split("\\s+").length, told);
  }
}
