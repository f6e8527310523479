package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The message queue, whose memory outlives its processes. */
@Timeout(180)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DmqIT {

  private static final int RECORDS = 50;

  @TempDir private Path folder;

  private Tree node(String... more) throws Exception {
    String[] all = {"--protocol", "dmq", "--data", folder.toString()};
    return Tree.of(
        Stream.of(all, more, new String[] {Launcher.example("dmq")})
            .flatMap(Stream::of)
            .toArray(String[]::new));
  }

  private static String ask(int port, String line, String body) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request =
          line
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nDmq-Take: 1\r\n"
              + ("Content-Length: " + body.length() + "\r\n\r\n" + body);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static void push(int port) throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      String answer = ask(port, "POST /channels/news", "record " + i);
      assertTrue(answer.startsWith("HTTP/1.1 204"), answer);
    }
  }

  private static void pop(int port) throws IOException {
    for (int i = 0; i < RECORDS; i++) {
      String answer = ask(port, "GET /channels/news", "");
      assertTrue(answer.endsWith("\r\n\r\nrecord " + i), answer);
    }
    assertTrue(ask(port, "GET /channels/news", "").startsWith("HTTP/1.1 204"));
  }

  @Test
  void what_was_pushed_before_a_sleep_is_popped_after_the_wake() throws Exception {
    try (Tree node = node("--timeout", "1")) {
      push(node.port());
      node.awaitAsleep();
      Path queue = folder.resolve("dmq/channels/news");
      assertTrue(Files.exists(queue.resolve("00000000000000000000.records")));
      pop(node.port());
      assertTrue(Files.notExists(queue));
    }
  }

  @Test
  void with_always_a_killed_worker_costs_nothing() throws Exception {
    try (Tree node = node("--option", "dmq.sync=always")) {
      push(node.port());
      long worker = node.workers().getFirst();
      ProcessHandle.of(worker).orElseThrow().destroyForcibly();
      node.await("another worker", () -> !node.workers().contains(worker));
      pop(node.port());
    }
  }

  @Test
  void a_delivery_wakes_a_sleeping_app() throws Exception {
    String jar =
        TestJar.withApp(
            folder, "Inbox", "public Response call(Request r) { return Response.of(204); }");
    try (Tree app = Tree.of("--timeout", "1", jar);
        Tree node = node()) {
      app.awaitAsleep();
      String url = "http://localhost:" + app.port() + "/inbox";
      ask(node.port(), "PUT /channels/mail/delivery", url);
      ask(node.port(), "POST /channels/mail", "hello");
      app.awaitAwake(2);
      node.await("it was delivered", () -> isDelivered(node.port()));
    }
  }

  private static boolean isDelivered(int port) {
    try {
      return ask(port, "GET /stats", "").contains("\"delivered\":1");
    } catch (IOException e) {
      return false;
    }
  }
}
