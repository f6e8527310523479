package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The master accepts, and passes connections to workers that have room. */
@Timeout(300)
@SuppressWarnings("try") // clients leave when it matters, and again when all is done
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class PassIT {

  private static final String PID_ECHO = Launcher.example("pid-echo");

  /**
   * A master's sockets while no connection waits and one worker lives: three names for the listening
   * socket, the link, the control connection, and one that the JDK makes when it closes its first
   * channel, and keeps.
   */
  private static final int AT_REST = 6;

  private static final int SLEEPS = Integer.getInteger("spyglass.sleeps", 2);

  private static Tree start(String... more) throws Exception {
    List<String> args = new ArrayList<>(List.of(more));
    args.addAll(List.of("--protocol", "pid-echo", "--accept", "pass", PID_ECHO));
    return Tree.of(args.toArray(String[]::new));
  }

  private static long pid(Talk client) throws Exception {
    return Long.parseLong(client.ask("who").split(" ", 2)[0]);
  }

  @Test
  void two_workers_have_room_for_one_each_and_a_third_visitor_waits_until_one_has_quit()
      throws Exception {
    try (Tree tree = start("--workers", "2", "--threads", "1");
        Talk one = Talk.byNc(tree.port());
        Talk two = Talk.byNc(tree.port())) {
      long first = pid(one);
      long second = pid(two);
      assertNotEquals(first, second);
      try (Talk three = Talk.byNc(tree.port())) {
        three.say("let me in");
        assertEquals(first, pid(one));
        assertEquals(second, pid(two));
        assertFalse(three.hasHeard(), "nobody has room");
        two.say("quit");
        assertEquals(second + " let me in", three.hear());
        assertEquals(first, pid(one));
      }
    }
  }

  @Test
  void two_servers_on_two_ports_do_not_meet() throws Exception {
    try (Tree here = start("--workers", "1");
        Tree there = start("--workers", "1");
        Talk one = Talk.to(here.port());
        Talk two = Talk.to(there.port())) {
      long first = pid(one);
      long second = pid(two);
      assertEquals(List.of(first), here.workers());
      assertEquals(List.of(second), there.workers());
      Proc.kill("TERM", here.lookout());
      assertTrue(one.endsSilently());
      one.close();
      assertEquals(0, here.awaitEnd());
      assertEquals(second, pid(two));
    }
  }

  @Test
  void a_connection_that_a_killed_worker_had_not_begun_is_begun_by_the_next() throws Exception {
    try (Tree tree = start("--workers", "1", "--threads", "2");
        Talk begun = Talk.to(tree.port())) {
      long worker = stoppedWorker(tree, begun);
      try (Talk waiting = notBegun(tree)) {
        Proc.kill("KILL", worker);
        assertTrue(waiting.hear().endsWith(" hello"));
        assertNotEquals(worker, pid(waiting));
      }
    }
  }

  /** An order to stop is no reason to forget it. */
  @Test
  void even_if_all_are_to_leave_meanwhile() throws Exception {
    try (Tree tree = start("--workers", "1", "--threads", "2");
        Talk begun = Talk.to(tree.port())) {
      long worker = stoppedWorker(tree, begun);
      try (Talk waiting = notBegun(tree)) {
        Proc.kill("TERM", tree.lookout());
        tree.awaitLog(line -> line.contains("[Lookout] TERM: stopping"), "the order");
        Proc.kill("KILL", worker);
        assertTrue(waiting.hear().endsWith(" hello"));
        assertTrue(waiting.endsSilently());
      }
      assertEquals(0, tree.awaitEnd());
    }
  }

  /** It sleeps in the middle of everything: what is passed to it now it cannot begin. */
  private static long stoppedWorker(Tree tree, Talk begun) throws Exception {
    long worker = pid(begun);
    long master = tree.master();
    tree.await("the master to close what has begun", () -> Proc.sockets(master) == AT_REST);
    Proc.kill("STOP", worker);
    tree.await("all its threads to stop", () -> Proc.isStopped(worker));
    return worker;
  }

  /** A connection that the master has accepted and keeps, since nobody has begun with it. */
  private static Talk notBegun(Tree tree) throws Exception {
    Talk waiting = Talk.to(tree.port());
    waiting.say("hello");
    long master = tree.master();
    tree.await("the master to hold the connection", () -> Proc.sockets(master) == AT_REST + 1);
    return waiting;
  }

  @Test
  void a_killed_master_ends_in_a_new_one_and_what_was_begun_is_finished() throws Exception {
    try (Tree tree = start("--workers", "2");
        Talk old = Talk.to(tree.port())) {
      long worker = pid(old);
      tree.awaitAwake(2);
      long master = tree.master();
      Proc.kill("KILL", master);
      try (Talk next = Talk.to(tree.port())) {
        assertNotEquals(worker, pid(next));
      }
      assertTrue(old.endsSilently(), "its worker has nobody any more and leaves");
      old.close();
      tree.awaitGone(List.of(master, worker), "the old ones to leave");
    }
  }

  @Test
  void it_sleeps_and_wakes_again_and_again_with_as_many_descriptors() throws Exception {
    try (Tree tree = start("--workers", "2", "--timeout", "1")) {
      for (int sleep = 1; sleep <= SLEEPS; sleep++) {
        try (Talk client = Talk.to(tree.port())) {
          assertTrue(client.ask("hello").endsWith(" hello"));
        }
        // Compares the lookout's descriptors with those of the last time.
        tree.awaitAsleep();
        assertEquals(sleep, tree.countInLog("held 0; 0 wait"));
      }
      assertEquals(SLEEPS, tree.countInLog("passed 1: begun 1, offered again 0"));
    }
  }
}
