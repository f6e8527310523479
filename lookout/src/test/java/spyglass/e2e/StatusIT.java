package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/status.md promises: whoever asks is answered, and nobody is woken by a question. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class StatusIT {

  private static final String HELLO = Launcher.example("hello");
  private static final String SLOW = Launcher.example("slow");

  @TempDir private Path folder;

  /** What a command printed and how it ended. */
  private record Said(int status, String out, String errors) {}

  private static Said say(Path run, String... command) throws Exception {
    Launcher.Run done = Launcher.finish(Map.of("SPYGLASS_RUN", run.toString()), command);
    return new Said(done.process().exitValue(), done.said(), String.join("\n", done.lines()));
  }

  private static String ok(Tree tree, String... command) throws Exception {
    Said said = say(tree.folder(), command);
    assertEquals("", said.errors());
    assertEquals(0, said.status());
    return said.out();
  }

  private static String figure(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": \"?([^\",}]*)").matcher(json);
    assertTrue(matcher.find(), () -> name + " is not in " + json);
    return matcher.group(1);
  }

  private static long wakings(Tree tree) {
    return tree.countInLog(": waking");
  }

  @Test
  void asleep_it_is_answered_and_nobody_is_woken() throws Exception {
    try (Tree tree = Tree.of("--name", "me", HELLO)) {
      String line = ok(tree, "status");
      String start = "me  asleep  http://127.0.0.1:" + tree.port() + "  0 of 2 workers  ";
      assertTrue(line.startsWith(start) && line.lines().count() == 1, line);
      for (String which : List.of("me", "--long", "" + tree.port())) {
        String words = ok(tree, "status", which);
        assertTrue(words.startsWith("server    me is asleep since "), words);
      }
      String json = ok(tree, "status", "--json", "me");
      assertEquals("asleep", figure(json, "state"));
      assertEquals("" + tree.lookout(), figure(json, "pid"));
      assertEquals("http://127.0.0.1:" + tree.port(), figure(json, "listen"));
      assertTrue(ok(tree, "metrics", "--name=me").contains("\nspyglass_awake 0\n"));
      assertTrue(ok(tree, "reload").contains("asleep"));
      assertTrue(ok(tree, "sleep").contains("asleep"));
      assertTrue(ok(tree, "scale", "3", "me").contains("3 workers"));
      assertEquals(0, wakings(tree));
      assertEquals(200, Client.get(tree.port(), "/").status());
      tree.awaitAwake(3);
      String awake = ok(tree, "status", "--json", "me");
      assertEquals("" + tree.awaitMaster(), figure(awake, "master_pid"));
      long each = tree.all().stream().mapToLong(it -> Proc.residentKilobytes(it.pid()) << 10).sum();
      long together = Long.parseLong(figure(awake, "pss"));
      assertTrue(together > 0 && together < each * 9 / 10, together + " of " + each);
    }
  }

  @Test
  void the_socket_and_its_folder_are_the_owners_alone_and_gone_afterwards() throws Exception {
    try (Tree tree = Tree.of(HELLO)) {
      Path socket = tree.folder().resolve(tree.port() + ".sock");
      assertEquals("rw-------", permissions(socket));
      assertEquals("rwx------", permissions(tree.folder()));
      assertEquals(1, sockets(tree.folder()));
      Proc.kill("TERM", tree.lookout());
      tree.awaitEnd();
      assertEquals(0, sockets(tree.folder()));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }

  private static long sockets(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files.count();
    }
  }

  @Test
  void an_order_wakes_it_and_what_happened_is_told() throws Exception {
    try (Tree tree = Tree.of("--timeout", "1", HELLO)) {
      assertTrue(ok(tree, "wake").endsWith(": awake\n"));
      tree.awaitAsleep();
      String json = ok(tree, "status", "--json");
      assertEquals("asleep", figure(json, "state"));
      assertEquals("1", figure(json, "wakes"));
      assertEquals("1", figure(json, "sleeps"));
      assertEquals("order", figure(json, "last_wake_reason"));
      assertTrue(Long.parseLong(figure(json, "last_boot_millis")) > 0);
    }
  }

  @Test
  void an_app_that_cannot_start_is_told_with_its_reason_and_when_it_is_tried_again()
      throws Exception {
    String jar = TestJar.withNever(folder);
    try (Tree tree = Tree.of(jar)) {
      Said said = say(tree.folder(), "wake");
      assertEquals(112, said.status());
      assertTrue(said.errors().contains("cannot wake: the app did not start (exit 112)"));
      assertEquals("1", figure(ok(tree, "status", "--json"), "failed_wakes"));
      assertEquals(503, Client.get(tree.port(), "/").status());
    }
  }

  @Test
  void a_stopped_master_is_said_to_be_silent_and_a_stop_ends_it_all_the_same() throws Exception {
    try (Tree tree = Tree.of("--drain", "1", HELLO)) {
      Client.get(tree.port(), "/");
      tree.awaitAwake(2);
      Proc.kill("STOP", tree.awaitMaster());
      String json = ok(tree, "status", "--json");
      assertEquals("true", figure(json, "master_silent"));
      assertEquals("awake", figure(json, "state"));
      Said said = say(tree.folder(), "stop");
      assertEquals(0, said.status(), said::errors);
      assertTrue(said.errors().contains("stopping for "), said::errors);
      assertEquals(0, tree.awaitEnd());
    }
  }

  @Test
  void stop_waits_for_what_was_accepted_and_then_nobody_is_there() throws Exception {
    try (Tree tree = Tree.of("--name", "slow", SLOW);
        Client client = Client.beingServed(tree.port(), "/?s=2")) {
      Said stopped = say(tree.folder(), "stop");
      assertEquals(0, stopped.status());
      assertEquals("slow: stopped\n", stopped.out());
      assertTrue(client.answer().body().endsWith("is done\n"));
      assertFalse(tree.all().stream().anyMatch(proc -> proc.pid() == tree.lookout()));
      Said said = say(tree.folder(), "status", "slow");
      assertEquals(3, said.status());
      assertTrue(said.errors().startsWith("spyglass: no server slow runs"), said::errors);
      assertEquals(3, say(tree.folder(), "stop").status());
    }
  }

  @Test
  void signals_that_other_servers_know_do_here_what_they_do_there() throws Exception {
    try (Tree tree = Tree.of(HELLO)) {
      Proc.kill("HUP", tree.lookout());
      tree.awaitLog(line -> line.contains("HUP: asleep: the next wake reads the jar"), "HUP");
      Proc.kill("TTIN", tree.lookout());
      tree.awaitLog(line -> line.contains("TTIN: 3 workers"), "one more");
      Proc.kill("TTOU", tree.lookout());
      tree.awaitLog(line -> line.contains("TTOU: 2 workers"), "one less");
      assertEquals("2", figure(ok(tree, "status", "--json"), "wanted"));
      assertEquals(0, wakings(tree));
    }
  }

  @Test
  void a_second_server_of_that_name_is_a_mistake_and_several_are_named() throws Exception {
    try (Tree tree = Tree.of("--name", "one", HELLO)) {
      Said twice = say(tree.folder(), "--listen=127.0.0.1:0", "--name=one", HELLO);
      assertEquals(100, twice.status());
      assertTrue(
          twice
              .errors()
              .contains(
                  "a server named one is running already (spy-lookout, pid " + tree.lookout()),
          twice::errors);
      assertEquals(100, say(tree.folder(), "--name=a/b", HELLO).status());
      Path open = Files.createDirectory(folder.resolve("open"));
      Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
      Said wide = say(open, "--listen=127.0.0.1:0", HELLO);
      assertEquals(100, wide.status());
      assertTrue(wide.errors().contains(open + " is open to others: chmod 700"), wide::errors);
      assertEquals(1, wide.errors().lines().count());
    }
  }

  @Test
  void Prometheus_is_answered_asleep_and_nobody_is_woken() throws Exception {
    try (Tree tree = Tree.of("--metrics", "0", "--timeout", "1", HELLO)) {
      int port = port(figure(ok(tree, "status", "--json"), "metrics"));
      String page = get(port, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(page.startsWith("HTTP/1.1 200 OK\r\n"), page);
      assertTrue(page.contains("\r\nContent-Type: text/plain; version=0.0.4"), page);
      assertTrue(page.contains("\n# TYPE spyglass_wakes_total counter\nspyglass_wakes_total 0\n"));
      assertTrue(get(port, "GET / HTTP/1.0\r\n\r\n").startsWith("HTTP/1.1 404 "));
      String refused = get(port, "POST /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(refused.startsWith("HTTP/1.1 405 ") && refused.contains("\r\nAllow: GET\r\n"));
      assertTrue(get(port, "hello\r\n\r\n").startsWith("HTTP/1.1 400 "));
      assertEquals(0, wakings(tree));
      Client.get(tree.port(), "/");
      tree.awaitAsleep();
      String after = get(port, "GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n");
      assertTrue(after.contains("\nspyglass_wakes_total 1\n"), after);
      assertTrue(after.contains("\nspyglass_sleeps_total 1\n"), after);
    }
  }

  private static int port(String url) {
    return Integer.parseInt(url.replaceAll(".*:([0-9]+)/.*", "$1"));
  }

  private static String get(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void a_bad_address_for_metrics_is_a_mistake() throws Exception {
    for (String address : List.of("x", "192.0.2.1:0", ":1", "70000")) {
      Said said = say(folder, "--listen=127.0.0.1:0", "--metrics", address, HELLO);
      assertEquals(100, said.status(), said::errors);
      assertEquals(1, said.errors().lines().count(), said::errors);
      assertTrue(said.errors().contains("--metrics " + address), said::errors);
    }
  }

  @Test
  void an_order_by_signal_that_comes_before_it_can_heed_it_does_not_stop_it() throws Exception {
    try (Started server = Started.by(List.of(Launcher.script(), "--listen=127.0.0.1:0", HELLO))) {
      server.await(
          "a program that is java and not ready",
          () ->
              server.all().stream()
                  .anyMatch(proc -> proc.pid() == server.pid() && proc.name().equals("java")));
      Proc.kill("TTIN", server.pid());
      server.awaitLog("listening on");
    }
  }
}
