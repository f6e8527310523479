package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that is awake for long: its workers are replaced, become more or fewer, and stand still. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class UpkeepIT {

  private static final String SLOW = Launcher.example("slow");
  private static final String PIDS = Launcher.example("pids");

  @TempDir private Path folder;

  private static Tree awake(String... args) throws Exception {
    Tree tree = Tree.of(args);
    Client.get(tree.port(), "/?s=0");
    tree.awaitAwake(2);
    tree.awaitMaster();
    return tree;
  }

  @Test
  void HUP_to_the_master_replaces_every_worker() throws Exception {
    try (Tree tree = awake(PIDS)) {
      List<Long> before = tree.workers();
      Proc.kill("HUP", tree.master());
      tree.awaitLog(line -> line.contains("all workers are new"), "the end of the reload");
      tree.awaitGone(before, "the old workers to be gone");
      tree.awaitAwake(2);
      assertEquals(200, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void a_jar_that_fails_to_load_keeps_the_old_workers_and_says_why() throws Exception {
    Path jar = Files.copy(Path.of(PIDS), folder.resolve("app.jar"));
    try (Tree tree = awake(jar.toString())) {
      tree.awaitReady(2);
      List<Long> before = tree.workers();
      // Another file under the same name, as an upload makes it: who has the old one open keeps it.
      Files.writeString(folder.resolve("new.jar"), "no jar at all");
      Files.move(folder.resolve("new.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
      Proc.kill("HUP", tree.master());
      tree.awaitLog(
          line -> line.contains("error: reload failed: ") && line.contains("exit 112"), "why");
      tree.awaitAwake(2);
      assertEquals(before, tree.workers());
      assertEquals(200, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void TTIN_to_the_master_means_one_worker_more_and_TTOU_one_less() throws Exception {
    try (Tree tree = awake(PIDS)) {
      Proc.kill("TTIN", tree.master());
      tree.awaitAwake(3);
      Proc.kill("TTOU", tree.master());
      tree.awaitAwake(2);
      Proc.kill("TTOU", tree.master());
      tree.awaitAwake(1);
      assertEquals(200, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void a_worker_with_work_that_stands_still_is_replaced_and_killed() throws Exception {
    try (Tree tree = awake("--stuck-timeout", "2", SLOW);
        Client client = new Client(tree.port())) {
      tree.awaitReady(2);
      long stopped = serving(client);
      Proc.kill("STOP", stopped);
      tree.awaitLog(
          line -> line.contains("worker " + stopped + " has work and gave no sign"), "it");
      tree.awaitGone(List.of(stopped), "the stopped worker to be gone");
      tree.awaitAwake(2);
      assertEquals(200, Client.get(tree.port(), "/?s=0").status());
    }
  }

  @Test
  void a_worker_without_work_that_stands_still_is_left_alone_and_replaced_when_it_is_killed()
      throws Exception {
    try (Tree tree = awake("--stuck-timeout", "2", SLOW);
        Client client = new Client(tree.port())) {
      tree.awaitReady(2);
      long busy = serving(client);
      long idle = tree.workers().stream().filter(pid -> pid != busy).findFirst().orElseThrow();
      Proc.kill("STOP", idle);
      // Three seconds, in which it would have been missed.
      assertTrue(client.answer().body().endsWith("is done\n"));
      assertTrue(tree.workers().contains(idle));
      assertEquals(0, tree.countInLog("no sign of life"));
      Proc.kill("KILL", idle);
      tree.awaitGone(List.of(idle), "the dead worker to be no zombie");
      tree.awaitAwake(2);
    }
  }

  @Test
  void a_master_that_stood_still_is_right_about_who_has_work() throws Exception {
    try (Tree tree = awake("--timeout", "3", SLOW);
        Client client = new Client(tree.port())) {
      long master = tree.master();
      Proc.kill("STOP", master);
      client.ask("/?s=9");
      for (int second = 0; second < 6; second++) {
        client.awaitFirstByte();
        assertEquals(200, Client.get(tree.port(), "/?s=1").status());
      }
      Proc.kill("CONT", master);
      tree.awaitLog(line -> line.contains("did not run for a while"), "that it stood still");
      assertTrue(client.answer().body().endsWith("is done\n"));
      assertEquals(1, tree.countInLog("somebody is there: waking"));
      tree.awaitAsleep();
    }
  }

  @Test
  void a_second_TERM_to_the_master_does_not_wait_for_the_end_of_a_request() throws Exception {
    try (Tree tree = awake(SLOW);
        Client client = new Client(tree.port())) {
      client.ask("/?s=60");
      client.awaitFirstByte();
      long master = tree.master();
      Proc.kill("TERM", master);
      tree.awaitLog(line -> line.contains("[Master] stopping"), "the first");
      Proc.kill("TERM", master);
      tree.awaitAsleep();
    }
  }

  /** Asks for three seconds of a worker's time; answers whose. */
  private static long serving(Client client) throws IOException {
    client.ask("/?s=3");
    String part = client.awaitPart(" begins");
    return Long.parseLong(part.replaceFirst("(?s).*pid (\\d+) begins", "$1"));
  }
}
