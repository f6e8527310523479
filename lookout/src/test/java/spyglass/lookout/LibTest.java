package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finds our jars, whatever their versions. */
class LibTest {

  @TempDir private Path folder;

  @Test
  void aJarIsFoundByItsNameAndOneThatIsThereTwiceIsNamed() throws Exception {
    File lib = folder.toFile();
    Path jar = Files.createFile(folder.resolve("spyglass-worker-1.jar"));
    assertEquals(jar.toString(), Lib.jar(lib, "spyglass-worker"));
    Files.createFile(folder.resolve("spyglass-worker-9.jar"));
    var e = assertThrows(IllegalStateException.class, () -> Lib.jar(lib, "spyglass-worker"));
    assertTrue(String.valueOf(e.getMessage()).contains("should hold one spyglass-worker jar"));
  }
}
