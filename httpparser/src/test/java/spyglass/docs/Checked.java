package spyglass.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files that are written from the program they are about: compared by the build, renewed on demand. */
public final class Checked {

  /** What to type to have them renewed. */
  public static final String COMMAND = "mvn test -Dspyglass.docs=write";

  /** The folder with the README. */
  public static final Path ROOT =
      Path.of(System.getProperty("spyglass.root", "..")).toAbsolutePath().normalize();

  private Checked() {}

  /** Whether this is the command that renews. */
  public static boolean isRenewing() {
    return "write".equals(System.getProperty("spyglass.docs"));
  }

  /** Compares a file, named from the root, with what it should be; or writes that into it. */
  public static void compare(String name, String fresh) throws IOException {
    Path file = ROOT.resolve(name);
    if (isRenewing()) {
      Files.writeString(file, fresh);
    }
    String onDisk = Files.exists(file) ? Files.readString(file) : "";
    assertEquals(fresh, onDisk, () -> name + " is stale; renew it with: " + COMMAND);
  }
}
