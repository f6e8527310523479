package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The files of a server: its log, its pid, its caches. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FilesIT {

  private static final String HELLO = Launcher.example("hello");

  @TempDir private Path folder;

  private Path pidFile() {
    return folder.resolve("server.pid");
  }

  /** Whoever names a file without its folder means the working folder. */
  private Started logging(Path log, int port) throws IOException {
    List<String> command =
        List.of(
            "env",
            "--chdir=" + log.getParent(),
            Launcher.script(),
            "-vv",
            "--listen=127.0.0.1:" + port,
            "--log-file=" + log.getFileName(),
            "--workers=1",
            HELLO);
    return Started.by(command, log);
  }

  @Test
  void the_log_goes_to_its_file_and_may_be_cut_to_nothing_while_it_is_written() throws Exception {
    Path log = folder.resolve("server.log");
    int port = Started.freePort();
    try (Started server = logging(log, port)) {
      server.awaitLog("watching");
      assertEquals("rw-r-----", PosixFilePermissions.toString(Files.getPosixFilePermissions(log)));
      assertEquals(200, Client.get(port, "/").status());
      server.awaitLog("[Worker] ready");
      long before = Files.size(log);
      try (FileChannel cut = FileChannel.open(log, StandardOpenOption.WRITE)) {
        cut.truncate(0);
      }
      assertEquals(200, Client.get(port, "/").status());
      Proc.kill("TERM", server.pid());
      assertEquals(0, server.awaitEnd());
      assertTrue(server.log().startsWith("["), server.log());
      assertFalse(server.log().contains("\0"), "a hole of NUL bytes");
      assertTrue(server.log().contains("[Worker] leaving"), server.log());
      assertTrue(Files.size(log) < 2 * before);
      // Whoever has started it learns where it listens, and no more.
      List<String> said =
          server.said().stream().filter(line -> !line.contains("no cache of the app")).toList();
      assertEquals(1, said.size(), said::toString);
      assertTrue(said.getFirst().contains("listening on http://127.0.0.1:" + port));
    }
  }

  @Test
  void a_log_file_that_cannot_be_opened_is_a_mistake() throws Exception {
    refused("--log-file " + folder + "/no/x cannot be opened", "--log-file", folder + "/no/x");
    refused("--log-file " + folder + " is a folder", "--log-file", folder.toString());
  }

  private static void refused(String culprit, String... options) throws Exception {
    String[] args =
        Stream.concat(Stream.of("--listen", "127.0.0.1:0", HELLO), Stream.of(options))
            .toArray(String[]::new);
    Launcher.refused(Launcher.start(Map.of(), args), culprit);
  }

  @Test
  void the_pid_file_is_locked_as_long_as_the_lookout_lives_and_gone_after_an_orderly_end()
      throws Exception {
    String option = "--pid-file=" + pidFile();
    Files.writeString(pidFile(), "1\n");
    try (Tree tree = Tree.of(option, "--timeout", "1", HELLO)) {
      assertEquals(tree.lookout() + "\n", Files.readString(pidFile()));
      assertEquals(200, Client.get(tree.port(), "/").status());
      refused("is held by pid " + tree.lookout() + ": a server runs with it", option);
      tree.awaitAsleep();
      refused("is held by pid " + tree.lookout(), option);
      assertEquals(tree.lookout() + "\n", Files.readString(pidFile()));
    }
    assertFalse(Files.exists(pidFile()));
  }

  @Test
  void a_killed_lookout_leaves_its_pid_file_without_a_lock_and_the_next_one_takes_it()
      throws Exception {
    String option = "--pid-file=" + pidFile();
    try (Tree tree = Tree.of(option, HELLO)) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitAwake(2);
      Proc.kill("KILL", tree.lookout());
      // While the others are leaving still: none of them holds the lock.
      try (Tree next = Tree.of(option, HELLO)) {
        assertEquals(next.lookout() + "\n", Files.readString(pidFile()));
      }
      tree.awaitEnd();
    }
    assertFalse(Files.exists(pidFile()));
  }

  @Test
  void a_pid_file_that_holds_something_else_is_left_alone() throws Exception {
    Files.writeString(pidFile(), "Dear diary");
    refused("holds something else than a pid", "--pid-file", pidFile().toString());
    assertEquals("Dear diary", Files.readString(pidFile()));
    refused("--pid-file " + folder + "/no/x cannot be made", "--pid-file", folder + "/no/x");
  }

  @Test
  void a_pid_file_that_is_a_link_is_a_mistake() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("to"));
    refused("--pid-file " + link + " is a link", "--pid-file", link.toString());
  }

  @Test
  void a_folder_that_was_named_and_cannot_be_made_is_a_mistake() throws Exception {
    Files.createFile(folder.resolve("file"));
    refused("--data " + folder + "/file/x cannot be made", "--data", folder + "/file/x");
  }

  @Test
  void an_app_learns_its_data_folder_which_is_there_and_nobody_elses() throws Exception {
    String jar =
        TestJar.withApp(
            folder,
            "Where",
            "public Response call(Request r) { return"
                + " Response.text(System.getProperty(\"spyglass.data\")); }");
    Path data = folder.resolve("new/data");
    try (Tree tree = Tree.of("--data", data.toString(), jar)) {
      assertEquals(data.toString(), Client.get(tree.port(), "/").body());
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(data)));
    }
  }

  @Test
  void a_cache_that_cannot_be_written_costs_one_warning_and_no_more() throws Exception {
    Files.createFile(folder.resolve("file"));
    try (Tree tree = Tree.of("--cache", folder + "/file/cache", HELLO)) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      assertEquals(1, tree.countInLog("warning: "));
      assertEquals(1, tree.countInLog("cannot keep caches"));
    }
  }

  @Test
  void what_a_start_that_was_killed_has_half_made_is_removed_by_the_next_one() throws Exception {
    Path cache = Path.of(System.getenv("SPYGLASS_CACHE"));
    Path half = Files.createDirectories(cache.resolve("making-" + folder.getFileName()));
    Files.writeString(half.resolve("MasterMain.conf"), "half of it");
    FileTime old = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
    Files.setLastModifiedTime(half, old);
    try (Tree tree = Tree.of(HELLO)) {
      assertEquals(1, tree.all().size());
      assertFalse(Files.exists(half));
    }
  }

  @Test
  void caches_are_made_once_and_those_of_places_that_are_gone_go() throws Exception {
    Path cache = folder.resolve("cache");
    Path orphan = Files.createDirectories(cache.resolve("aot-of-a-checkout"));
    Files.write(orphan.resolve("origin"), List.of(folder + "/gone", "/", "25"));
    String option = "--cache=" + cache;
    try (Tree tree = Tree.of(option, HELLO)) {
      assertEquals(1, tree.countInLog("rehearsing"));
      assertEquals(200, Client.get(tree.port(), "/").status());
      assertFalse(Files.exists(orphan));
    }
    List<String> made = names(cache);
    assertEquals(3, made.size(), made::toString);
    assertEquals("apps", made.get(1));
    assertTrue(made.getFirst().startsWith("aot-") && made.getLast().startsWith("jffi-"));
    assertEquals(
        List.of("LookoutMain.aot", "MasterMain.aot", "WorkerMain.aot", "origin"),
        names(cache.resolve(made.get(0))));
    try (Tree tree = Tree.of(option, HELLO)) {
      assertEquals(0, tree.countInLog("rehearsing"));
    }
    assertEquals(made, names(cache));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }
}
