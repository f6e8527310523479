package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.e2e.Client.Answer;

/** What an app can do to its server: talk, fail, not even start. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class AppIT {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"--help, Usage: spyglass", "-h, Usage: spyglass", "--version, spyglass "})
  void help_and_version_are_printed_and_nothing_is_served(String option, String said)
      throws Exception {
    Launcher.Run run = Launcher.finish(Map.of(), option);
    assertEquals(0, run.process().exitValue());
    assertEquals(List.of(), run.lines());
    assertTrue(run.said().startsWith(said), run::said);
  }

  @Test
  void two_requests_go_over_one_connection_to_one_worker() throws Exception {
    try (Tree tree = Tree.of(Launcher.example("pids"));
        Client client = new Client(tree.port())) {
      client.ask("/");
      Answer first = client.answer();
      client.ask("/");
      Answer second = client.answer();
      assertEquals(200, first.status());
      assertEquals(first.body(), second.body());
      assertEquals("", second.field("Connection"));
    }
  }

  @Test
  void an_app_may_lie_in_a_folder_with_any_name_but_one_with_a_colon() throws Exception {
    Path odd = Files.createDirectory(folder.resolve("50% of Bob's apps"));
    String call = "public Response call(Request request) { return Response.text(\"here\"); }";
    try (Tree tree = Tree.of(TestJar.withApp(odd, "Odd", call))) {
      assertEquals("here", Client.get(tree.port(), "/").body());
    }
  }

  @Test
  void an_app_that_throws_gives_a_500_and_the_stack_in_the_log_and_the_worker_goes_on()
      throws Exception {
    String jar =
        TestJar.withApp(
            folder,
            "Thrower",
            """
            public Response call(Request request) {
              if (request.path().equals("/bad")) {
                throw new IllegalStateException("I am out of order");
              }
              return Response.text(ProcessHandle.current().pid() + "");
            }
            """);
    try (Tree tree = Tree.of("--workers", "1", jar)) {
      String before = Client.get(tree.port(), "/good").body();
      Answer answer = Client.get(tree.port(), "/bad");
      assertEquals(500, answer.status());
      assertFalse(
          answer.body().contains("out of order"), "its insides are not the client's affair");
      tree.awaitLog(line -> line.endsWith("[Worker] error: GET /bad: the app failed"), "a reason");
      tree.awaitLog(line -> line.contains("IllegalStateException: I am out of order"), "a name");
      tree.awaitLog(line -> line.startsWith("\tat Thrower.call("), "a stack");
      assertEquals(before, Client.get(tree.port(), "/good").body());
    }
  }

  @Test
  void an_app_that_does_not_start_gives_503_and_the_reason_and_nothing_spins() throws Exception {
    Path broken = Files.createFile(folder.resolve("broken"));
    String jar =
        TestJar.withApp(
            folder,
            "Starter",
            """
            public Starter() {
              if (new java.io.File("%s").exists()) {
                throw new IllegalStateException("no database today");
              }
            }
            public Response call(Request request) {
              return Response.text("mended");
            }
            """
                .formatted(broken));
    try (Tree tree = Tree.of(jar)) {
      for (int i = 0; i < 20; i++) {
        Answer answer = Client.get(tree.port(), "/");
        assertEquals(503, answer.status());
        assertTrue(answer.field("Retry-After").matches("[1-9][0-9]*"), answer::head);
      }
      assertTrue(tree.countInLog("no database today") <= 3, () -> String.join("\n", tree.log()));
      assertNotEquals(0, tree.countInLog("\tat Starter.<init>"));
      Files.delete(broken);
      tree.await("an answer", () -> ask(tree).status() == 200);
    }
  }

  private static Answer ask(Tree tree) {
    try {
      return Client.get(tree.port(), "/");
    } catch (IOException e) {
      throw new AssertionError("the listener should have stayed", e);
    }
  }

  @ParameterizedTest
  @CsvSource({"TERM, spy-master", "KILL, spy-master", "TERM, spy-worker", "KILL, spy-worker"})
  void a_boot_that_a_signal_ends_is_tried_again_and_the_visitor_does_not_notice(
      String signal, String whom) throws Exception {
    Path gate = folder.resolve("gate");
    String jar = TestJar.withWaiter(folder, gate);
    try (Tree tree = Tree.of("--workers", "1", jar);
        Client client = new Client(tree.port())) {
      client.ask("/");
      tree.await("the first boot", () -> tree.countInLog("waiting") == 1);
      Proc.kill(signal, tree.awaitNamed(whom));
      tree.await("the second boot", () -> tree.countInLog("waiting") == 2);
      Files.createFile(gate);
      assertEquals("at last", client.answer().body());
      tree.awaitAwake(1);
    }
  }

  @Test
  void what_an_app_prints_is_in_the_log_and_not_in_the_heartbeat() throws Exception {
    // The bytes that mean something to the master: it must not take these for a worker's.
    String jar =
        TestJar.withApp(
            folder,
            "Printer",
            """
            public Response call(Request request) {
              System.out.println("printed ((((....rrrr");
              System.err.println("complained ((((");
              return Response.text("said");
            }
            """);
    try (Tree tree = Tree.of("--timeout", "1", jar)) {
      assertEquals("said", Client.get(tree.port(), "/").body());
      tree.awaitLog(line -> line.equals("printed ((((....rrrr"), "what was printed");
      tree.awaitLog(line -> line.equals("complained (((("), "what was complained");
      tree.awaitAsleep();
      assertEquals(0, tree.countInLog("a byte that means nothing"));
    }
  }
}
