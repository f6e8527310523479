package spyglass.process;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParentPipeTest {

  /** A child that says a word to its parent, and prints another one. */
  static final class Child {

    private Child() {}

    public static void main(String[] args) throws IOException {
      FileOutputStream parent = ParentPipe.open();
      System.out.println("printed");
      parent.write("told".getBytes(StandardCharsets.UTF_8));
    }
  }

  @TempDir private Path folder;

  private static List<String> child() {
    String java = System.getProperty("java.home") + "/bin/java";
    return List.of(java, "-cp", System.getProperty("java.class.path"), Child.class.getName());
  }

  @Test
  void whatAChildTellsReachesItsParentAndWhatItPrintsTheLog() throws Exception {
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(ParentPipe.before(child())).redirectError(log.toFile()).start();
    assertEquals(
        "told", new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    assertEquals(0, process.waitFor());
    assertEquals("printed\n", Files.readString(log));
  }

  @Test
  void aFileInThePlaceOfThePipeKeepsWhatItHas() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "precious");
    Path log = folder.resolve("log");
    List<String> command =
        new ArrayList<>(List.of("sh", "-c", "f=$1; shift; exec \"$@\" 3<\"$f\"", "sh"));
    command.add(file.toString());
    command.addAll(child());
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.DISCARD)
            .redirectError(log.toFile())
            .start();
    assertEquals(1, process.waitFor());
    assertTrue(Files.readString(log).contains("descriptor 3 is no pipe to a parent but " + file));
    assertEquals("precious", Files.readString(file));
  }
}
