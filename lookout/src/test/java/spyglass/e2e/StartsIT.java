package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What a developer's shell gives is not there under cron, in a container, or as somebody else: each
 * start makes its caches and serves all the same, its second wake is trained, it tells its status, and
 * it stops when told.
 */
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StartsIT {

  private static final int NAMELESS = 54_321;
  private static final long PATIENCE_SECONDS = 120;

  /** Keeps only what the tests find a server by, and what was said besides. */
  private static final String BARE =
      "exec env -i E2E_OF_SPYGLASS=\"$E2E_OF_SPYGLASS\" SPYGLASS_JAVA_HOME=\"$SPYGLASS_JAVA_HOME\""
          + " \"$@\"";

  private static final String AS_NAMELESS =
      "setpriv --reuid=54321 --regid=54321 --clear-groups env -u USER -u LOGNAME ";

  /** Where a server is started, as a command that does so and an option. */
  enum Where {
    WITHOUT_ANY_VARIABLE(BARE, ""),
    WITH_A_PATH_ONLY(BARE.replace("\"$@\"", "PATH=\"$PATH\" \"$@\""), ""),
    IN_THE_LOCALE_C("exec env LC_ALL=C \"$@\"", ""),
    IN_A_LOCALE_THAT_IS_NOT_INSTALLED("exec env -u LC_ALL LANG=xx_YY.UTF-8 \"$@\"", ""),
    WITH_UMASK_0("umask 0; exec \"$@\"", ""),
    WITH_UMASK_077("umask 077; exec \"$@\"", ""),
    WITH_ANOTHER_COLLECTOR_FOR_EVERY_JVM(
        "exec env JAVA_TOOL_OPTIONS=-XX:+UseG1GC _JAVA_OPTIONS=-Da=b \"$@\"", ""),
    AS_ROOT_WITH_USER("exec \"$@\"", "--user=nobody"),
    AS_A_UID_WITHOUT_A_NAME("exec " + AS_NAMELESS + "-u HOME \"$@\"", "");

    private final String script;
    private final String option;

    Where(String script, String option) {
      this.script = script;
      this.option = option;
    }

    boolean needsRoot() {
      return this == AS_ROOT_WITH_USER || this == AS_A_UID_WITHOUT_A_NAME;
    }
  }

  @TempDir private Path folder;

  private Path home = Path.of("");
  private Path jar = Path.of("");

  @BeforeEach
  void prepare() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    home = Files.createDirectory(folder.resolve("home"));
    Path umlaut = Files.createDirectory(folder.resolve("\u00fc"));
    Files.setPosixFilePermissions(umlaut, PosixFilePermissions.fromString("rwxr-xr-x"));
    jar = Files.copy(Path.of(Launcher.example("hello")), umlaut.resolve("hello.jar"));
  }

  private Tree start(Where where) throws Exception {
    if (where.needsRoot()) {
      assumeTrue(Started.isRoot() && Started.isInstalled("setpriv"));
    }
    if (where == Where.AS_A_UID_WITHOUT_A_NAME) {
      Files.setAttribute(home, "unix:uid", NAMELESS);
    }
    Stream<String> options =
        Stream.of(
            "--cache=" + home.resolve("cache"),
            "--run=" + home.resolve("run"),
            "--data=" + home.resolve("data"),
            "--workers=1",
            "--timeout=1");
    return Tree.within(
        List.of("sh", "-c", where.script, "sh"),
        Stream.of(options, Stream.of(where.option).filter(it -> !it.isEmpty()), Stream.of(jar + ""))
            .flatMap(each -> each)
            .toArray(String[]::new));
  }

  private void serves(Where where) throws Exception {
    try (Tree tree = start(where)) {
      assertEquals(List.of("LookoutMain.aot", "MasterMain.aot", "WorkerMain.aot"), caches());
      assertEquals(0, tree.countInLog("warning"), () -> String.join("\n", tree.log()));
      for (String training : List.of(", untrained", ", trained")) {
        assertEquals(200, Client.get(tree.port(), "/").status());
        tree.awaitAsleep(PATIENCE_SECONDS);
        assertEquals(1, tree.countInLog(training), () -> String.join("\n", tree.log()));
      }
      assertEquals(4, caches().size(), caches()::toString);
      assertEquals(List.of(), TrustIT.openIn(home));
      String status = says(where, "status");
      assertTrue(status.contains("  asleep  http://127.0.0.1:" + tree.port()), status);
      says(where, "stop");
      assertEquals(0, tree.awaitEnd());
    }
  }

  /** What a command says that is given where the server was started. */
  private String says(Where where, String command) throws Exception {
    List<String> around = new ArrayList<>(List.of("sh", "-c", where.script, "sh"));
    around.addAll(List.of(Launcher.script(), command, "--run=" + home.resolve("run")));
    Launcher.Run run = Launcher.finish(Launcher.start(Map.of(), around));
    assertEquals(List.of(), run.lines());
    assertEquals(0, run.process().exitValue());
    return run.said();
  }

  private List<String> caches() throws IOException {
    try (Stream<Path> all = Files.walk(home.resolve("cache"))) {
      return all.map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".aot"))
          .sorted()
          .toList();
    }
  }

  @Test
  void without_any_variable_caches_are_made_and_the_second_wake_is_trained() throws Exception {
    serves(Where.WITHOUT_ANY_VARIABLE);
  }

  @Tag("thorough")
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WITHOUT_ANY_VARIABLE")
  void everywhere_else_too(Where where) throws Exception {
    serves(where);
  }

  @Test
  void whoever_has_neither_name_nor_home_is_served_and_leaves_nothing_in_the_working_folder()
      throws Exception {
    assumeTrue(Started.isRoot() && Started.isInstalled("setpriv"));
    Files.setAttribute(home, "unix:uid", NAMELESS);
    String unset = AS_NAMELESS + "-u HOME -u SPYGLASS_RUN -u SPYGLASS_CACHE -u SPYGLASS_DATA";
    List<String> around = List.of("sh", "-c", "cd " + home + "; exec " + unset + " \"$@\"", "sh");
    Path run = Path.of("/tmp/spyglass-" + NAMELESS);
    Path cache = Path.of("/tmp/spyglass-cache-" + NAMELESS);
    try (Tree tree = Tree.within(around, jar.toString())) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      assertEquals(0, tree.countInLog("warning"), () -> String.join("\n", tree.log()));
      try (Stream<Path> left = Files.list(home)) {
        assertEquals(List.of(), left.toList());
      }
      assertTrue(Files.isDirectory(run) && Files.isDirectory(cache));
    } finally {
      remove(run);
      remove(cache);
    }
  }

  @Test
  void what_every_jvm_is_told_reaches_the_workers_and_nobody_else() throws Exception {
    List<String> told =
        List.of("env", "JAVA_TOOL_OPTIONS=-XX:+UseG1GC -XX:NoFlag", "_JAVA_OPTIONS='-Da=b c'");
    List<String> fit = List.of(told.get(0), "JAVA_TOOL_OPTIONS=-XX:+UseG1GC", told.get(2));
    try (Tree tree = Tree.within(fit, jar.toString())) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      String worker = Proc.commandLine(tree.workers().getFirst());
      assertTrue(worker.contains("\0-XX:+UseG1GC\0") && worker.contains("\0-Da=b c\0"), worker);
      assertTrue(!worker.contains("UseSerialGC"), worker);
      List<Long> jvms = new ArrayList<>(tree.workers());
      jvms.addAll(List.of(tree.lookout(), tree.awaitMaster()));
      for (long jvm : jvms) {
        String variables = Files.readString(Path.of("/proc/" + jvm + "/environ"));
        assertTrue(!variables.contains("JAVA_TOOL_OPTIONS"), variables);
      }
      assertEquals(0, tree.countInLog("Picked up"));
    }
    List<String> wrong = new ArrayList<>(told);
    wrong.addAll(List.of(Launcher.script(), "--listen=127.0.0.1:0", jar.toString()));
    Launcher.refused(
        Launcher.start(Map.of(), wrong),
        "JAVA_TOOL_OPTIONS and _JAVA_OPTIONS: java does not start with that: ",
        "NoFlag");
  }

  @Test
  void with_an_agent_the_workers_have_no_cache_and_one_line_says_so() throws Exception {
    String agent =
        "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:0";
    List<String> around = List.of("env", "JAVA_TOOL_OPTIONS=" + agent);
    try (Tree tree = Tree.within(around, "--workers=1", "--timeout=1", jar.toString())) {
      assertEquals(1, tree.countInLog("no cache is used for workers, as an agent excludes them"));
      assertEquals(200, Client.get(tree.port(), "/").status());
      String worker = Proc.commandLine(tree.workers().getFirst());
      assertTrue(worker.contains(agent) && !worker.contains("-XX:AOTCache"), worker);
      assertTrue(Proc.commandLine(tree.lookout()).contains("-XX:AOTCache"));
      tree.awaitAsleep();
    }
  }

  private void failsInOneLine(int status, String script, String... parts) throws Exception {
    List<String> around = new ArrayList<>(List.of("sh", "-c", script + "; exec \"$@\"", "sh"));
    around.addAll(List.of(Launcher.script(), "--listen=127.0.0.1:0", jar.toString()));
    Launcher.Run run = Launcher.finish(Launcher.start(Map.of(), around));
    String said = String.join("\n", run.lines());
    assertEquals(status, run.process().exitValue(), said);
    assertTrue(said.length() <= 300, said);
    assertEquals(1, said.lines().filter(line -> line.startsWith("spyglass: ")).count(), said);
    for (String part : parts) {
      assertTrue(said.contains(part), () -> "does not say '" + part + "': " + said);
    }
  }

  @Test
  void where_nothing_can_run_one_line_says_what_is_missing() throws Exception {
    failsInOneLine(111, "ulimit -n 20", "ulimit -n is 20", "raise it");
    failsInOneLine(100, "mkdir gone; cd gone; rmdir ../gone", "the working folder");
    if (Started.isRoot() && Started.isInstalled("prlimit")) {
      failsInOneLine(111, "prlimit --nproc=12 --pid=$$", "ulimit -u is 12");
    }
  }

  @Test
  void where_nothing_can_be_mapped_one_line_says_so() throws Exception {
    assumeTrue(Started.isRoot() && Started.isInstalled("unshare"));
    // A checkout may be below /tmp itself: it stays to be seen there, but nothing is mapped from
    // it.
    String script =
        "mount --bind /tmp /tmp && mount -o remount,bind,noexec /tmp && cd / && exec sh \"$@\"";
    List<String> command =
        List.of(
            "unshare", "-m", "sh", "-c", script, "sh", Launcher.script(), "--listen=127.0.0.1:0");
    List<String> all = new ArrayList<>(command);
    all.addAll(
        List.of(
            "--cache=" + home.resolve("c"),
            "--run=" + home.resolve("r"),
            "--data=" + home.resolve("d")));
    all.add(Launcher.example("hello"));
    Launcher.Run run = Launcher.finish(Launcher.start(Map.of(), all));
    assumeTrue(!String.join("", run.lines()).contains("permitted"), "no mounts here");
    assertEquals(111, run.process().exitValue(), () -> String.join("\n", run.lines()));
    assertTrue(run.lines().getLast().contains("noexec"), () -> String.join("\n", run.lines()));
    assertEquals(1, run.lines().size(), () -> String.join("\n", run.lines()));
  }

  @Test
  void a_path_without_anything_is_enough() throws Exception {
    try (Tree tree = Tree.within(List.of("/usr/bin/env", "PATH=" + home), jar.toString())) {
      assertEquals(200, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void a_working_folder_that_is_removed_under_a_sleeper_costs_nobody_an_answer() throws Exception {
    Path gone = Files.createDirectory(home.resolve("gone"));
    List<String> around = List.of("sh", "-c", "cd " + gone + "; exec \"$@\"", "sh");
    try (Tree tree = Tree.within(around, "--workers=1", "--timeout=60", jar.toString())) {
      Files.delete(gone);
      assertEquals(200, Client.get(tree.port(), "/").status());
      assertEquals(1, tree.countInLog("the working folder was removed: / is the next one's"));
    }
    Files.createDirectory(gone);
    try (Tree tree = Tree.within(around, "--workers=1", "--timeout=60", jar.toString())) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      Files.delete(gone);
      Files.createDirectory(gone);
      Proc.kill("KILL", tree.workers().getFirst());
      tree.awaitReady(2);
      assertEquals(
          gone, Files.readSymbolicLink(Path.of("/proc/" + tree.workers().getFirst() + "/cwd")));
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(Comparator.reverseOrder()).forEach(each -> each.toFile().delete());
    }
  }

  @Test
  void a_worker_that_crashes_leaves_a_report_and_the_log_says_where() throws Exception {
    List<String> around = List.of("sh", "-c", "cd " + home + "; exec \"$@\"", "sh");
    try (Tree tree = Tree.within(around, "--workers=1", "--timeout=60", jar.toString())) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      long worker = tree.workers().getFirst();
      Proc.kill("SEGV", worker);
      String report = home.resolve("hs_err_pid" + worker + ".log").toString();
      tree.awaitLog(line -> line.endsWith(worker + " has crashed: see " + report), report);
      long master = tree.awaitMaster();
      Proc.kill("SEGV", master);
      tree.awaitLog(line -> line.contains("master " + master + " has crashed: see "), "the master");
    }
  }

  @Test
  void a_sleeper_has_room_for_the_names_of_hundreds_of_jars() throws Exception {
    Path lib = Files.createDirectory(folder.resolve("lib"));
    for (int i = 0; i < 600; i++) {
      Files.createSymbolicLink(lib.resolve("a-long-name-".repeat(10) + i + ".jar"), jar);
    }
    try (Tree tree = Tree.of("--lib=" + lib, jar.toString())) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      assertTrue(Proc.commandLine(tree.lookout()).length() > 80_000);
    }
  }
}
