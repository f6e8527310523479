package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server sleeps for months, and what it stands on is changed by others meanwhile. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class UnderneathIT {

  private static final String HELLO = Launcher.example("hello");

  @TempDir private Path folder;

  private static String say(Tree tree, String... command) throws Exception {
    Map<String, String> run = Map.of("SPYGLASS_RUN", tree.folder().toString());
    return Launcher.finish(run, command).said();
  }

  private static int status(Tree tree) throws Exception {
    return Client.get(tree.port(), "/").status();
  }

  @Test
  void the_program_with_which_the_JDK_starts_others_may_be_another_by_now() throws Exception {
    Installation copy = Installation.in(folder);
    try (Tree tree = copy.start("--no-cache", "--timeout", "1", HELLO)) {
      Path helper = copy.jdk().resolve("lib/jspawnhelper");
      Files.delete(helper);
      Files.writeString(helper, "#!/bin/sh\nexit 1\n");
      helper.toFile().setExecutable(true);
      assertEquals(200, status(tree));
      tree.awaitAwake(2);
    }
  }

  @Test
  void a_sleeper_says_which_JDK_is_gone_and_wakes_when_it_is_back() throws Exception {
    Installation copy = Installation.in(folder);
    try (Tree tree = copy.start("--no-cache", HELLO)) {
      copy.removeJdk();
      Client.Answer sorry = Client.get(tree.port(), "/");
      assertEquals(503, sorry.status());
      assertTrue(sorry.field("Retry-After").matches("[0-9]+"), sorry.head());
      String gone = "the JDK at " + copy.jdk() + " is gone: put it back, or restart with another";
      assertEquals(1, tree.countInLog(gone + ": 503 to whoever comes within 1 s"));
      assertTrue(say(tree, "status", "--long").contains(gone));
      copy.bringJdkBack();
      awaitServed(tree);
      assertEquals(List.of(), strangeLines(tree));
    }
  }

  @Test
  void a_sleeper_says_which_jar_is_gone_and_wakes_when_it_is_back() throws Exception {
    Path jar = folder.resolve("app.jar");
    Files.copy(Path.of(HELLO), jar);
    try (Tree tree = Tree.of("--timeout", "60", jar.toString())) {
      Path elsewhere = Files.move(jar, folder.resolve("elsewhere"));
      assertEquals(503, status(tree));
      String gone = jar + " is gone: put it back, or restart without it";
      assertEquals(1, tree.countInLog(gone + ": 503 to whoever comes within 1 s"));
      assertTrue(say(tree, "status", "--long").contains(gone));
      Files.move(elsewhere, jar);
      awaitServed(tree);
      tree.awaitReady(2);
      Files.move(jar, elsewhere);
      Proc.kill("KILL", tree.workers().getFirst());
      tree.awaitLog(line -> line.contains("cannot start a worker: " + gone), gone);
      Files.move(elsewhere, jar);
      tree.awaitReady(2);
      assertEquals(List.of(), strangeLines(tree));
    }
  }

  @Test
  void a_run_folder_that_is_removed_comes_back_with_the_next_visit_or_signal() throws Exception {
    try (Tree tree = Tree.of("--timeout", "60", HELLO)) {
      Path run = tree.folder();
      remove(run);
      assertTrue(say(tree, "status").isEmpty());
      Proc.kill("TTIN", tree.lookout());
      tree.await("the run folder", () -> Files.isDirectory(run));
      assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(run)));
      tree.await("status", () -> answers(tree, " is asleep since "));

      remove(run);
      assertEquals(200, status(tree));
      tree.await("status", () -> answers(tree, " is awake since "));
      tree.awaitReady(3);

      remove(run);
      assertEquals(200, status(tree));
      tree.await("status", () -> answers(tree, " is awake since "));
      List<Long> before = tree.workers();
      Map<String, String> here = Map.of("SPYGLASS_RUN", run.toString());
      assertEquals(0, Launcher.finish(here, "reload").process().exitValue());
      tree.await("a reload", () -> tree.workers().stream().noneMatch(before::contains));

      remove(run);
      Proc.kill("TTOU", tree.lookout());
      tree.await("status", () -> answers(tree, " is awake since "));
      assertEquals(0, Launcher.finish(here, "stop").process().exitValue());
      assertEquals(0, tree.awaitEnd());
    }
  }

  private static boolean answers(Tree tree, String part) {
    try {
      return say(tree, "status", "--long").contains(part);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  @Test
  void a_run_folder_that_a_stranger_has_made_gets_no_socket() throws Exception {
    try (Tree tree = Tree.of(HELLO)) {
      Path run = tree.folder();
      remove(run);
      Files.createDirectory(run);
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwxrwxrwx"));
      Proc.kill("TTIN", tree.lookout());
      tree.awaitLog(line -> line.contains(" is not a folder of ours alone"), "a refusal");
      try (Stream<Path> files = Files.list(run)) {
        assertEquals(List.of(), files.toList());
      }
      Files.setPosixFilePermissions(run, PosixFilePermissions.fromString("rwx------"));
      Proc.kill("TTIN", tree.lookout());
      tree.await("status", () -> answers(tree, " is asleep since "));
    }
  }

  private static void awaitServed(Tree tree) {
    tree.await(
        "an answer",
        () -> {
          try {
            return status(tree) == 200;
          } catch (Exception e) {
            throw new IllegalStateException(e);
          }
        });
  }

  /** What a shell or a JVM has to say of what it does not find. */
  private static List<String> strangeLines(Tree tree) {
    return tree.log().stream()
        .filter(line -> line.contains("not found") || line.contains("NotFound"))
        .toList();
  }

  @Test
  void a_sleeper_whose_JDK_and_jars_are_gone_answers_all_but_visitors() throws Exception {
    Installation copy = Installation.in(folder);
    try (Tree tree = copy.start("--no-cache", "--metrics", "127.0.0.1:0", HELLO)) {
      copy.removeJdk();
      copy.overwriteJars();
      assertTrue(say(tree, "status", "--long").contains(" is asleep since "));
      assertTrue(say(tree, "metrics").contains("spyglass_awake 0"));
      for (String signal : List.of("HUP", "TTIN", "TTOU")) {
        Proc.kill(signal, tree.lookout());
        tree.awaitLog(line -> line.contains("[Lookout] " + signal + ": "), signal);
      }
      assertEquals(503, status(tree));
      Proc.kill("TERM", tree.lookout());
      assertEquals(0, tree.awaitEnd());
      assertEquals(0, tree.countInLog("Exception"));
      assertEquals(0, tree.countInLog("has changed while it started"));
    }
  }
}
