package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/caches.md promises: an app is recorded by itself, and nothing of it costs a request. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class CacheIT {

  /** A user's caches are made one at a time, and only when it has nothing better to do. */
  private static final long PATIENCE_SECONDS = 120;

  @TempDir private Path folder;

  private Path cache = Path.of("");
  private String jar = "";

  /** A cache folder without apps; the caches of our own classes are those that all tests use. */
  @BeforeEach
  void prepare() throws Exception {
    cache = Files.createDirectory(folder.resolve("cache"));
    jar = Files.copy(Path.of(Launcher.example("hello")), folder.resolve("app.jar")).toString();
    try (Stream<Path> common = Files.list(Path.of(System.getenv("SPYGLASS_CACHE")))) {
      for (Path each : common.filter(it -> !it.endsWith("apps")).toList()) {
        Files.createSymbolicLink(cache.resolve(each.getFileName()), each.toAbsolutePath());
      }
    }
  }

  private Tree start(String... more) throws Exception {
    List<String> args = List.of("--cache", cache.toString(), "--workers=1", "--timeout=1");
    return Tree.of(
        Stream.of(args, List.of(more), List.of(jar)).flatMap(List::stream).toArray(String[]::new));
  }

  private static void visit(Tree tree) throws Exception {
    assertEquals(200, Client.get(tree.port(), "/").status());
    // Who writes a recording, and who makes a cache of it, have to be gone for that.
    tree.awaitAsleep(PATIENCE_SECONDS);
  }

  private List<Path> apps(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(cache.resolve("apps"))) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  @Test
  void an_app_is_trained_by_its_first_sleep_and_again_when_its_jar_has_changed() throws Exception {
    try (Tree tree = start()) {
      visit(tree);
      assertEquals(1, tree.countInLog(", untrained"));
      assertEquals(1, apps(".aot").size(), () -> String.join("\n", tree.log()));
      visit(tree);
      assertEquals(1, tree.countInLog(", trained"));
      Files.setLastModifiedTime(Path.of(jar), FileTime.fromMillis(1_000_000_000_000L));
      visit(tree);
      assertEquals(2, tree.countInLog(", untrained"));
      visit(tree);
      assertEquals(2, tree.countInLog(", trained"));
      assertEquals(List.of(), apps(".conf"));
      // Only we write there, a process a line; nobody else is heard, unless something is wrong.
      assertEquals(
          List.of(),
          tree.log().stream().filter(line -> !line.matches("\\[[0-9]+] \\[[A-Z].*")).toList());
    }
  }

  @Test
  void a_worker_that_crashes_as_it_starts_with_a_cache_costs_nobody_an_answer() throws Exception {
    Path gate = Files.createFile(folder.resolve("gate"));
    jar = TestJar.withWaiter(folder, gate);
    try (Tree tree = start()) {
      visit(tree);
      assertEquals(1, apps(".aot").size(), () -> String.join("\n", tree.log()));
      Files.delete(gate);
      try (Client client = new Client(tree.port())) {
        client.ask("/");
        tree.await("the app to start", () -> tree.countInLog("waiting") == 2);
        Proc.kill("SEGV", tree.workers().getFirst());
        tree.awaitLog(line -> line.contains("died as it started with a cache of the app"), "it");
        Files.createFile(gate);
        assertEquals(200, client.answer().status());
      }
      tree.awaitAsleep(PATIENCE_SECONDS);
      assertEquals(1, tree.countInLog("thrown away"));
      assertEquals(0, tree.countInLog("did not start"));
      visit(tree);
      assertEquals(1, apps(".aot").size());
    }
  }

  @Test
  void a_server_that_is_stopped_leaves_nobody_who_records() throws Exception {
    try (Tree tree = start()) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      Proc.kill("TERM", tree.lookout());
      assertEquals(0, tree.awaitEnd());
      assertEquals(List.of(), apps(".aot"));
    }
  }

  @Test
  void where_nothing_can_be_written_all_is_served_and_nothing_said() throws Exception {
    Files.createFile(cache.resolve("apps"));
    try (Tree tree = start()) {
      visit(tree);
      visit(tree);
      assertEquals(2, tree.countInLog(", untrained"));
      assertEquals(0, tree.countInLog("annot"));
    }
  }

  @Test
  void with_no_cache_none_is_used_and_none_is_made() throws Exception {
    Path empty = folder.resolve("empty");
    try (Tree tree = start("--cache", empty.toString(), "--no-cache")) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      for (long worker : tree.workers()) {
        assertFalse(Files.readString(Path.of("/proc/" + worker + "/cmdline")).contains("-XX:AOT"));
      }
      assertFalse(Files.exists(empty.resolve("apps")));
    }
  }

  @Test
  void it_can_be_trained_listed_and_cleared_by_hand() throws Exception {
    Map<String, String> environment = Map.of("SPYGLASS_CACHE", cache.toString());
    String[] train = {"cache", "train", "--data=" + folder.resolve("data"), jar, "/other"};
    assertTrue(say(environment, train).contains("made a cache of"));
    assertTrue(say(environment, train).contains("trained before"));
    assertTrue(say(environment, "cache", "list").matches("(?s)examples.hello.Hello .* fits\n"));
    assertEquals("1 cache cleared\n", say(environment, "cache", "clear", jar));
    assertTrue(say(environment, "cache", "list").startsWith("no app has a cache"));
  }

  private static String say(Map<String, String> environment, String... command) throws Exception {
    Launcher.Run done = Launcher.finish(PATIENCE_SECONDS, Launcher.start(environment, command));
    assertEquals(0, done.process().exitValue(), () -> done.said() + done.lines());
    return done.said();
  }
}
