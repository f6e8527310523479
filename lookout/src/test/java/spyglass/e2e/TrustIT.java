package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What other users of a machine can do to a server's files: nothing. */
@Timeout(240)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class TrustIT {

  private static final String HELLO = Launcher.example("hello");
  private static final String USER = "--user=nobody";
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxrwxrwx");

  @TempDir private Path folder;

  @BeforeEach
  void othersMayLookIn() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String option(String name, String path) {
    return "--" + name + "=" + folder.resolve(path);
  }

  private static List<String> under(String umask) {
    return List.of("sh", "-c", "umask " + umask + "; exec \"$@\"", "sh");
  }

  /** All below a folder but links that somebody else can write to. */
  static List<Path> openIn(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(file -> !Files.isSymbolicLink(file)).filter(TrustIT::isOpen).toList();
    }
  }

  private static boolean isOpen(Path file) {
    try {
      return ((int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 022) != 0;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatever_the_umask_what_is_made_is_its_owners_to_write_and_readable_for_who_needs_it()
      throws Exception {
    String[] options = {
      option("cache", "a/cache"),
      option("run", "b/run"),
      option("data", "c/data"),
      option("pid-file", "pid"),
      HELLO
    };
    for (String umask : List.of("0", "077")) {
      try (Tree tree = Tree.within(under(umask), options)) {
        assertEquals(200, Client.get(tree.port(), "/").status());
        assertEquals(List.of(), openIn(folder), umask);
        for (String each : List.of("a", "a/cache", "a/cache/apps", "b", "c")) {
          assertEquals(
              "rwxr-xr-x",
              PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(each))));
        }
      }
    }
  }

  @Test
  void under_a_narrow_umask_the_user_whom_root_makes_of_it_can_use_its_caches() throws Exception {
    assumeTrue(Started.isRoot(), "only root can become somebody else");
    String cache = option("cache", "a/cache");
    try (Tree tree =
        Tree.within(
            under("077"), USER, cache, option("run", "b/run"), option("data", "d"), HELLO)) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      for (long worker : tree.workers()) {
        String maps = Files.readString(Path.of("/proc/" + worker + "/maps"));
        assertTrue(maps.contains(folder + "/a/cache/aot-"), maps);
      }
    }
  }

  @Test
  void a_library_or_a_cache_that_others_could_have_changed_is_not_loaded() throws Exception {
    Path cache = Files.createDirectories(folder.resolve("cache"));
    String option = "--cache=" + cache;
    try (Tree tree = Tree.of(option, HELLO)) {
      assertEquals(1, tree.all().size());
    }
    for (String kind : List.of("jffi-", "aot-")) {
      Path opened;
      try (Stream<Path> all = Files.list(cache)) {
        opened = all.filter(it -> it.getFileName().toString().startsWith(kind)).findFirst().get();
      }
      Files.setPosixFilePermissions(opened, OPEN);
      try (Tree tree = Tree.of(option, "--accept=pass", HELLO)) {
        assertEquals(1, tree.countInLog(opened + " is"), kind);
        String line = Files.readString(Path.of("/proc/" + tree.lookout() + "/cmdline"));
        assertFalse(line.contains(opened.toString()), line);
        assertEquals(200, Client.get(tree.port(), "/").status());
      }
      Files.setPosixFilePermissions(opened, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
    Files.setPosixFilePermissions(folder, OPEN);
    try (Tree tree = Tree.of(option, HELLO)) {
      assertEquals(1, tree.countInLog("warning: "));
      assertEquals(
          1, tree.countInLog(folder + " is open to others, or theirs: nothing in " + cache));
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }

  /** The JVM writes its sockets for debuggers into /tmp, whatever it is told of another folder. */
  private static boolean hasAttachSocket(long pid) {
    return Files.exists(Path.of("/tmp/.java_pid" + pid));
  }

  @Test
  void nobody_attaches_to_a_process_that_may_be_roots_and_quit_prints_its_threads_all_the_same()
      throws Exception {
    try (Tree tree = Tree.of(HELLO)) {
      assertFalse(hasAttachSocket(tree.lookout()), "from the command that became the lookout");
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitMaster();
      for (long pid : List.of(tree.lookout(), tree.master())) {
        long before = tree.countInLog("Full thread dump");
        Files.createFile(Path.of("/proc/" + pid + "/cwd/.attach_pid" + pid));
        Proc.kill("QUIT", pid);
        tree.await("a thread dump", () -> tree.countInLog("Full thread dump") == before + 1);
        assertFalse(hasAttachSocket(pid));
        Files.delete(Path.of("/proc/" + pid + "/cwd/.attach_pid" + pid));
      }
    }
  }

  private Path openFolder() throws IOException {
    Path open = Files.createDirectory(folder.resolve("open"));
    Files.setPosixFilePermissions(open, OPEN);
    return open;
  }

  private static void refused(String says, String option) throws Exception {
    Launcher.refused(Launcher.start(Map.of(), "--listen", "127.0.0.1:0", HELLO, option), says);
  }

  @Test
  void a_log_or_a_pid_file_that_others_have_prepared_is_refused_at_once() throws Exception {
    Path open = openFolder();
    Path secret = Files.writeString(folder.resolve("secret"), "4711");
    Path link = Files.createSymbolicLink(open.resolve("link"), secret);
    Path hard = Files.createLink(open.resolve("hard"), secret);
    Path fifo = open.resolve("fifo");
    assertEquals(0, new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor());
    for (String option : List.of("--log-file", "--pid-file")) {
      refused(option + " " + link + " is a link", option + "=" + link);
      refused(option + " " + hard + " is a file with other names", option + "=" + hard);
      refused(option + " " + fifo + " is a FIFO", option + "=" + fifo);
    }
    Path way = Files.createSymbolicLink(open.resolve("way"), folder);
    refused("--data " + way + "/data cannot be made", "--data=" + way + "/data");
    assertEquals("4711", Files.readString(secret));
    assertFalse(Files.exists(folder.resolve("data")));
  }

  @Test
  void a_pid_file_whose_name_is_swapped_all_the_time_has_root_write_nowhere_else()
      throws Exception {
    Path pid = openFolder().resolve("pid");
    Path secret = Files.writeString(folder.resolve("secret"), "4711");
    AtomicBoolean ended = new AtomicBoolean();
    Thread swapper = Thread.ofPlatform().start(() -> swap(pid, secret, ended));
    try {
      for (int i = 0; i < 4; i++) {
        Launcher.Run run =
            Launcher.start(
                Map.of(), "--listen", "127.0.0.1:0", "--pid-file=" + pid, "--with-parent", HELLO);
        Patience.await(
            "a start, or a word of why not",
            30,
            () -> !run.process().isAlive() || String.join("", run.lines()).contains("listening"),
            () -> String.join("\n", run.lines()));
        run.process().destroy();
        Launcher.finish(run);
      }
    } finally {
      ended.set(true);
      swapper.join();
    }
    assertEquals("4711", Files.readString(secret));
  }

  private static void swap(Path name, Path secret, AtomicBoolean ended) {
    Path other = name.resolveSibling("other");
    while (!ended.get()) {
      try {
        Files.deleteIfExists(other);
        Files.createSymbolicLink(other, secret);
        Files.move(other, name, StandardCopyOption.ATOMIC_MOVE);
        Files.createFile(other);
        Files.move(other, name, StandardCopyOption.ATOMIC_MOVE);
      } catch (IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void what_root_makes_for_a_user_in_a_folder_of_that_user_is_the_users() throws Exception {
    assumeTrue(Started.isRoot(), "only root can become somebody else");
    Path theirs = Files.createDirectory(folder.resolve("theirs"));
    Files.setAttribute(theirs, "unix:uid", 65534);
    try (Tree tree =
        Tree.of(
            USER,
            option("run", "theirs/a/run"),
            option("data", "theirs/b/data"),
            option("pid-file", "theirs/pid"),
            HELLO)) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      for (String each : List.of("a/run", "b/data", "pid")) {
        assertEquals(65534, Files.getAttribute(theirs.resolve(each), "unix:uid"), each);
      }
    }
    assertFalse(Files.exists(theirs.resolve("pid")));
  }
}
