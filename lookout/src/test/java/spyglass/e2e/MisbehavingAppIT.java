package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.e2e.Client.Answer;

/** The table "When an app misbehaves" of docs/app-contract.md, line by line. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class MisbehavingAppIT {

  private static final String FINE =
      " return Response.text(ProcessHandle.current().pid() + \"\"); }";

  @TempDir private Path folder;

  /** An app that does something when it is asked for {@code /bad}, and else says its pid. */
  private String jar(String name, String bad, String more) throws IOException {
    return TestJar.withApp(
        folder,
        name,
        more
            + " public Response call(Request request) throws Exception {"
            + (" if (request.path().equals(\"/bad\")) { " + bad + " }")
            + FINE);
  }

  private static String pid(Tree tree) throws IOException {
    return Client.get(tree.port(), "/").body();
  }

  @Test
  void System_exit_in_a_request_ends_its_worker_and_another_takes_its_place() throws Exception {
    try (Tree tree = Tree.of("--workers", "1", jar("Exiter", "System.exit(0);", ""))) {
      String before = pid(tree);
      assertThrows(IOException.class, () -> Client.get(tree.port(), "/bad"));
      assertNotEquals(before, pid(tree));
      tree.awaitLog(line -> line.contains("worker " + before + " has "), "its end");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"System.exit(0);", "Runtime.getRuntime().halt(0);"})
  void an_exit_in_the_constructor_is_a_failed_start(String exit) throws Exception {
    String jar = jar("Quitter", "", "public Quitter() { " + exit + " }");
    try (Tree tree = Tree.of("--workers", "1", jar)) {
      Answer answer = Client.get(tree.port(), "/");
      assertEquals(503, answer.status());
      assertFalse(answer.field("Retry-After").isEmpty());
    }
  }

  @Test
  void a_constructor_that_hangs_is_ended_after_the_wake_deadline() throws Exception {
    String jar =
        jar(
            "Hanger",
            "",
            "public Hanger() throws Exception { new java.util.concurrent.CountDownLatch(1).await(); }");
    try (Tree tree = Tree.of("--workers", "1", "--wake-deadline", "2", jar)) {
      assertEquals(503, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void threads_that_are_no_daemons_keep_nobody_alive() throws Exception {
    String jar =
        jar(
            "Threader",
            "",
            "public Threader() { Thread.ofPlatform().start(() -> {"
                + " while (true) { java.util.concurrent.locks.LockSupport.park(); } }); }");
    try (Tree tree = Tree.of("--workers", "1", "--timeout", "1", jar)) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitAsleep();
    }
  }

  @Test
  void a_shutdown_hook_that_hangs_has_as_long_as_drain() throws Exception {
    String jar =
        jar(
            "Hooked",
            "",
            "public Hooked() { Runtime.getRuntime().addShutdownHook(new Thread(() -> {"
                + " while (true) { java.util.concurrent.locks.LockSupport.park(); } })); }");
    try (Tree tree = Tree.of("--workers", "1", "--timeout", "1", "--drain", "2", jar)) {
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitAsleep();
    }
  }

  @Test
  void what_is_written_to_descriptor_1_is_in_the_log_and_no_beat() throws Exception {
    String write =
        "System.out.println(\"x((((=9 9\"); System.out.flush();"
            + " int status = new ProcessBuilder(\"sh\", \"-c\", \"echo 'x((((=9 9'\").inheritIO()"
            + ".start().waitFor();"
            + " new java.io.FileOutputStream(java.io.FileDescriptor.out)"
            + ".write(\"x((((=9 9\\n\".getBytes());"
            + " return Response.text(\"written, \" + status);";
    try (Tree tree = Tree.of("--timeout", "1", jar("Writer", write, ""))) {
      assertEquals("written, 0", Client.get(tree.port(), "/bad").body());
      tree.awaitAsleep();
      assertEquals(3, tree.countInLog("x((((=9 9"), "all of it is in the log");
      assertEquals(0, tree.countInLog("stuck"));
    }
  }

  @Test
  void a_deadlock_is_answered_503_and_named_in_the_log_with_its_place() throws Exception {
    String lock =
        "synchronized (LOCK) { Thread other = new Thread(() -> { synchronized (MORE) {"
            + " synchronized (LOCK) { LOCK.notifyAll(); } } }); other.start();"
            + " while (other.getState() != Thread.State.BLOCKED) { Thread.sleep(5); }"
            + " synchronized (MORE) { MORE.notifyAll(); } }";
    String[] args = {
      "--workers",
      "1",
      "--threads",
      "2",
      "--request-timeout",
      "1",
      "--stuck-timeout",
      "2",
      "--drain",
      "3",
      jar(
          "Locker",
          lock,
          "static final Object LOCK = new Object(); static final Object MORE = new Object();")
    };
    try (Tree tree = Tree.of(args)) {
      pid(tree);
      assertEquals(503, Client.get(tree.port(), "/bad").status());
      tree.awaitLog(line -> line.contains("GET /bad is still in the app"), "a deadlock");
      tree.awaitLog(line -> line.startsWith("\tat Locker.call("), "its place");
      // The other thread of the same worker, or the next worker.
      assertEquals(200, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void one_request_that_wants_too_much_memory_fails_alone() throws Exception {
    String want = "return Response.bytes(\"a/b\", new byte[Integer.MAX_VALUE - 8]);";
    try (Tree tree = Tree.of("--workers", "1", "--heap", "32MiB", jar("Wanter", want, ""))) {
      String before = pid(tree);
      assertEquals(500, Client.get(tree.port(), "/bad").status());
      tree.awaitLog(line -> line.contains("OutOfMemoryError"), "a reason");
      assertEquals(before, pid(tree));
    }
  }

  @Test
  void an_app_that_has_eaten_its_memory_is_ended_and_started_again() throws Exception {
    String eat = "while (true) { ALL.add(new byte[100_000]); }";
    String jar =
        jar("Eater", eat, "static final java.util.List<byte[]> ALL = new java.util.ArrayList<>();");
    try (Tree tree = Tree.of("--workers", "1", "--heap", "32MiB", jar)) {
      String before = pid(tree);
      assertTrue(failsOrIsCut(tree), "an answer all the same");
      tree.awaitLog(line -> line.contains("there is no memory left"), "a reason");
      tree.await("its end", () -> !tree.workers().contains(Long.parseLong(before)));
      assertNotEquals(before, pid(tree));
      assertTrue(tree.countInLog("worker " + before + " has ") > 0);
    }
  }

  /** There may be no memory even for a 500. */
  private static boolean failsOrIsCut(Tree tree) {
    try {
      return Client.get(tree.port(), "/bad").status() == 500;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void clients_who_come_and_go_leave_no_line_and_no_descriptor_and_keep_nobody_awake()
      throws Exception {
    try (Tree tree = Tree.of("--workers", "1", "--timeout", "5", jar("Fine", "", ""))) {
      pid(tree);
      long worker = tree.workers().getFirst();
      long sockets = Proc.sockets(worker);
      for (int i = 0; i < 300; i++) {
        new Client(tree.port()).close();
        try (Client client = new Client(tree.port())) {
          client.reset();
        }
      }
      // Those of the very worker, which has these five seconds left when the last has gone.
      tree.await("no socket", () -> holdsNoMore(worker, sockets));
      tree.awaitAsleep();
      assertEquals(0, tree.countInLog("warning:") + tree.countInLog("error:"));
    }
  }

  /** A process that has ended would hold none. */
  private static boolean holdsNoMore(long worker, long sockets) {
    long now = Proc.sockets(worker);
    return now > 0 && now <= sockets;
  }
}
