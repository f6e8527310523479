package spyglass.lookout;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.config.Origin;
import spyglass.config.Said;
import spyglass.config.Sources;

/** Where files lie; what is made of them is tried end to end. */
class FoldersTest {

  private static final int UID = 54_321;

  private static Configuration options(String... typed) throws Misuse {
    return Sources.read(
        Map.of(),
        Arrays.stream(typed)
            .map(one -> one.split("=", 2))
            .map(one -> new Said(one[0], one[1], new Origin.Typed()))
            .toList());
  }

  private static Folders folders(String run, String cache, String data) {
    return new Folders(Path.of(run), Path.of(cache), Path.of(data));
  }

  @Test
  void rootHasThemWhereTheSystemDoes() throws Exception {
    Map<String, String> environment = Map.of("XDG_CACHE_HOME", "/x");
    assertEquals(
        folders("/run/spyglass", "/var/cache/spyglass", "/var/lib/spyglass"),
        Folders.of(options(), environment, 0));
  }

  @Test
  void aUserWhomRootMakesOfItselfHasRunAndDataFoldersOfHisOwn() throws Exception {
    assertEquals(
        folders("/run/spyglass-www", "/var/cache/spyglass", "/var/lib/spyglass-www"),
        Folders.of(options("user=www"), Map.of(), 0));
  }

  @Test
  void everybodyElseHasThemWhereXdgSaysAndRelativePathsAreIgnored() throws Exception {
    Map<String, String> environment =
        Map.of("XDG_CACHE_HOME", "/tmp/c", "XDG_DATA_HOME", "d", "XDG_RUNTIME_DIR", "/r");
    String home = System.getProperty("user.home");
    assertEquals(
        folders("/r/spyglass", "/tmp/c/spyglass", home + "/.local/share/spyglass"),
        Folders.of(options("user=me"), environment, UID));
    assertEquals(
        Path.of("/tmp/spyglass-" + System.getProperty("user.name")),
        Folders.of(options(), Map.of(), UID).run());
  }

  @Test
  void whatIsNamedCounts() throws Exception {
    assertEquals(
        folders("/r", "/c", "/d"),
        Folders.of(options("run=/r", "cache=/c", "data=/d", "user=www"), Map.of(), 0));
  }

  @Test
  void whoeverHasNoNameAndNoHomeHasANumberAndNothingLiesInTheWorkingFolder() throws Exception {
    String name = System.getProperty("user.name");
    String home = System.getProperty("user.home");
    try {
      System.setProperty("user.name", "?");
      System.setProperty("user.home", "?");
      Folders folders = Folders.of(options(), Map.of("XDG_CACHE_HOME", "/proc/version/c"), UID);
      assertEquals(
          folders("/tmp/spyglass-54321", "/tmp/spyglass-cache-54321", "/.local/share/spyglass"),
          folders);
    } finally {
      System.setProperty("user.name", name);
      System.setProperty("user.home", home);
    }
  }

  @Test
  void serversAreLookedForInAllFoldersOfRootsAndOnesOwn(@TempDir Path above) throws Exception {
    Path web = Files.createDirectory(above.resolve("spyglass-web"));
    Path app = Files.createDirectory(above.resolve("spyglass-app"));
    Files.createDirectory(above.resolve("other"));
    Path roots = above.resolve("spyglass");
    Path xdg = Path.of("/r/spyglass");
    Path tmp = Path.of("/tmp/spyglass-" + System.getProperty("user.name"));
    assertEquals(
        List.of(Path.of("/run/spyglass"), roots, app, web), Folders.runs(Map.of(), 0, above));
    List<Path> others = Folders.runs(Map.of("XDG_RUNTIME_DIR", "/r"), 12345, above);
    assertEquals(
        List.of(xdg, roots, app, web), others.stream().filter(it -> !it.equals(tmp)).toList());
    assertEquals(List.of(Path.of("/r")), Folders.runs(options("run=/r"), Map.of()));
  }
}
