package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The examples that speak something else than HTTP, with every way to accept. */
@Timeout(180)
@SuppressWarnings("try") // clients leave when it matters, and again when all is done
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ProtocolIT {

  /**
   * One way to run an example. They run side by side, because most of their time is somebody's silence.
   *
   * @param name of the example, and of its protocol
   * @param question what a client says
   * @param answer what it hears
   */
  private record Way(String name, String question, String answer, String accept) {

    Tree start() throws Exception {
      // One worker, as pubsub wants it.
      return Tree.of(
          "--protocol",
          name,
          "--accept",
          accept,
          "--workers",
          "1",
          "--timeout",
          "1",
          Launcher.example(name));
    }

    void isAnswered(Talk client) throws Exception {
      String heard = client.ask(question);
      assertTrue(heard.matches(answer), () -> this + " was answered: " + heard);
    }

    Void check() throws Exception {
      try (Tree tree = start()) {
        try (Talk client = Talk.to(tree.port())) {
          isAnswered(client);
          List<Long> workers = tree.workers();
          // This is the client's pause, and not a wait for something: it is longer than --timeout.
          Thread.sleep(2200);
          isAnswered(client);
          assertEquals(workers, tree.workers());
          assertEquals(1, tree.countInLog("somebody is there: waking"), toString());
        }
        tree.awaitAsleep();
        try (Talk client = Talk.to(tree.port())) {
          isAnswered(client);
          Proc.kill("TERM", tree.lookout());
          assertTrue(client.endsSilently(), toString());
        }
        assertEquals(0, tree.awaitEnd(), toString());
        assertEquals(2, tree.countInLog("somebody is there: waking"), toString());
        assertEquals(0, tree.countInLog("error: "), () -> String.join("\n", tree.log()));
        return null;
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "echo, hello, hello",
    "line-echo, hello, hello",
    "pid-echo, hello, [0-9]+ hello",
    "pubsub, SUB news, OK"
  })
  void an_example_is_awake_while_a_client_is_there_sleeps_when_it_has_left_and_ends_well(
      String name, String question, String answer) throws Exception {
    List<String> accepts = List.of("shared", "pass", "spawn");
    try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Void>> running = new ArrayList<>();
      for (String accept : accepts) {
        Way way = new Way(name, question, answer, accept);
        running.add(all.submit(way::check));
      }
      for (Future<Void> way : running) {
        way.get();
      }
    }
  }

  @Test
  void a_line_comes_back_when_Enter_is_pressed_and_not_before() throws Exception {
    try (Tree tree =
            Tree.of(
                "--protocol",
                "line-echo",
                "--option",
                "line-echo.max-line=20",
                Launcher.example("line-echo"));
        Talk nc = Talk.byNc(tree.port());
        Talk telnet = Talk.to(tree.port())) {
      assertEquals("Grüße", nc.ask("Grüße"));
      // telnet ends its lines with CR LF, and gets them back so.
      assertEquals("one\r", telnet.ask("one\r"));
      telnet.type("tw");
      assertEquals("", nc.ask(""));
      assertEquals("two\r", telnet.ask("o\r"));
      nc.say("one").say("after").say("the other");
      assertEquals(List.of("one", "after", "the other"), List.of(nc.hear(), nc.hear(), nc.hear()));
      assertEquals(
          "A line has at most 20 bytes. Goodbye.", telnet.ask("more than may be in one line"));
      assertTrue(telnet.endsSilently());
      assertEquals("still here", nc.ask("still here"));
    }
  }

  @Test
  void with_spawn_each_connection_has_a_process_of_its_own_and_no_more_than_workers_live()
      throws Exception {
    try (Tree tree =
            Tree.of(
                "--protocol",
                "pid-echo",
                "--accept",
                "spawn",
                "--workers",
                "3",
                "--timeout",
                "1",
                Launcher.example("pid-echo"));
        Talk one = Talk.to(tree.port());
        Talk two = Talk.to(tree.port());
        Talk three = Talk.to(tree.port())) {
      String[] pids = {pid(one), pid(two), pid(three)};
      assertEquals(3, List.of(pids).stream().distinct().count());
      assertEquals(3, tree.workers().size());
      try (Talk four = Talk.to(tree.port())) {
        four.say("let me in");
        assertEquals(List.of(pids), List.of(pid(one), pid(two), pid(three)));
        assertEquals(3, tree.workers().size());
        assertTrue(!four.hasHeard(), "there is no room for a fourth");
        one.say("quit");
        assertTrue(one.endsSilently());
        one.close();
        String fourth = four.hear().split(" ", 2)[0];
        assertTrue(!List.of(pids).contains(fourth), "a process serves one connection");
        tree.awaitGone(List.of(Long.parseLong(pids[0])), "the first to leave with its client");
        assertEquals(3, tree.workers().size());
      }
      two.close();
      three.close();
      tree.awaitAsleep();
    }
  }

  private static String pid(Talk client) throws Exception {
    return client.ask("who").split(" ", 2)[0];
  }
}
