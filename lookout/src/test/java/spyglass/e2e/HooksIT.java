package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An app is told when it begins and when it ends, and may ask to be alone. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class HooksIT {

  private static final String TALLY = Launcher.example("tally");

  @TempDir private Path data;

  private Tree tally(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of("--data", data.toString()));
    args.addAll(List.of(more));
    args.add(TALLY);
    return Tree.of(args.toArray(String[]::new));
  }

  private static String visit(Tree tree) throws Exception {
    return Client.get(tree.port(), "/").body().strip();
  }

  @Test
  void what_an_app_puts_away_is_there_at_the_next_wake_and_after_a_stop() throws Exception {
    try (Tree tree = tally("--timeout", "1")) {
      assertEquals("1", visit(tree));
      assertEquals("2", visit(tree));
      tree.awaitAsleep();
      assertEquals("3", visit(tree));
      tree.awaitAwake(1);
    }
    try (Tree tree = tally()) {
      assertEquals("4", visit(tree));
      tree.awaitLog(line -> line.contains("begins at 3: CONNECTION"), "why it was started");
    }
  }

  @Test
  void an_app_that_must_be_alone_is_reloaded_by_an_end_and_a_beginning() throws Exception {
    try (Tree tree = tally()) {
      assertEquals("1", visit(tree));
      List<Long> before = tree.workers();
      Proc.kill("HUP", tree.awaitMaster());
      tree.awaitGone(before, "the old worker to be gone");
      assertEquals("2", visit(tree));
      tree.awaitAwake(1);
      tree.awaitLog(line -> line.contains("begins at 1: COMPANY"), "the new one");
    }
  }

  @Test
  void nobody_runs_such_an_app_while_a_worker_without_a_master_still_does() throws Exception {
    String jar =
        TestJar.in(data)
            .type(
                "Alone",
                """
                @spyglass.life.Single public final class Alone implements App {
                  private java.io.File here;
                  @Override public void start(spyglass.http.Context context) throws Exception {
                    here = context.data().resolve("here").toFile();
                    if (!here.createNewFile()) {
                      throw new IllegalStateException("another is here");
                    }
                  }
                  @Override public void sleep(java.time.Instant deadline) {
                    here.delete();
                  }
                  public Response call(Request request) throws Exception {
                    if (request.path().equals("/slow")) {
                      new java.io.File(here.getParent(), "called").createNewFile();
                      java.io.File go = new java.io.File(here.getParent(), "go");
                      for (int tenths = 0; !go.exists() && tenths < 200; tenths++) {
                        Thread.sleep(100);
                      }
                    }
                    return Response.text("here");
                  }
                }
                """)
            .offering("Alone")
            .write("Alone.jar");
    try (Tree tree = Tree.of("--data", data.toString(), jar);
        Client slow = new Client(tree.port())) {
      slow.ask("/slow");
      tree.awaitAwake(1);
      tree.await("the first to be called", () -> Files.exists(data.resolve("called")));
      Proc.kill("KILL", tree.awaitMaster());
      // From here on the first worker accepts nobody: who comes now wakes another.
      tree.awaitLog(line -> line.contains("the master is gone"), "the worker to see it");
      try (Client next = new Client(tree.port())) {
        next.ask("/");
        tree.awaitLog(line -> line.contains("waiting for process"), "the lock to be noticed");
        Files.createFile(data.resolve("go"));
        assertEquals(200, slow.answer().status());
        assertEquals(200, next.answer().status());
      }
      assertEquals(0, tree.countInLog("another is here"));
    }
  }

  @Test
  void a_hold_keeps_the_tree_awake_although_nobody_visits() throws Exception {
    String jar =
        TestJar.withApp(
            data,
            "Holder",
            """
            private spyglass.life.Hold hold;
            @Override public void start(spyglass.http.Context context) {
              hold = context.hold();
              System.err.println(context.option("word", "none"));
            }
            public Response call(Request request) {
              if (request.path().equals("/release")) {
                hold.close();
              }
              return Response.text("here");
            }
            """);
    try (Tree tree =
        Tree.of("--workers", "1", "--timeout", "1", "--option", "app.word=kept", jar)) {
      Client.get(tree.port(), "/");
      tree.awaitLog(line -> line.contains("kept"), "its option");
      List<Long> workers = tree.workers();
      try (Tree other = Tree.of("--timeout", "1", Launcher.example("hello"))) {
        Client.get(other.port(), "/");
        other.awaitAsleep();
      }
      assertEquals(workers, tree.workers());
      Client.get(tree.port(), "/release");
      tree.awaitAsleep();
    }
  }

  @Test
  void a_hook_that_fails_is_told_in_the_status_although_all_sleep() throws Exception {
    String jar =
        TestJar.withApp(
            data,
            "Forgetful",
            """
            @Override public void sleep(java.time.Instant deadline) throws Exception {
              throw new java.io.IOException("the disk is full");
            }
            public Response call(Request request) {
              return Response.text("here");
            }
            """);
    try (Tree tree = Tree.of("--timeout", "1", jar)) {
      Client.get(tree.port(), "/");
      tree.awaitAsleep();
      tree.awaitLog(line -> line.contains("the disk is full"), "the reason");
      String status =
          Launcher.finish(Map.of("SPYGLASS_RUN", tree.folder().toString()), "status").said();
      assertTrue(status.contains("could not put away what it keeps"), status);
    }
  }
}
