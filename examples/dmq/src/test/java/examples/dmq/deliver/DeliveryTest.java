package examples.dmq.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import examples.dmq.Dmq;
import examples.dmq.Talk;
import examples.dmq.Told;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.protocol.TestClient;

/** Records that are posted to an app. */
final class DeliveryTest {

  @TempDir private Path data;
  private final List<String> got = new CopyOnWriteArrayList<>();
  private final AtomicInteger status = new AtomicInteger(204);
  private final AtomicInteger attempts = new AtomicInteger();
  private HttpServer app;
  private Dmq node;
  private Told told;

  @BeforeEach
  void start() throws Exception {
    app = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    app.createContext(
        "/inbox",
        exchange -> {
          attempts.incrementAndGet();
          String record = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
          if (status.get() == 204) {
            got.add(record);
          }
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    app.start();
    begin(Map.of("size", "256KiB"));
  }

  private void begin(Map<String, String> options) throws Exception {
    node = new Dmq();
    told = Told.of(data, options);
    node.start(told);
  }

  @AfterEach
  void stop() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
    app.stop(0);
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "in vain: " + what);
      Thread.sleep(5);
    }
  }

  private String http(String method, String queue, String body) throws Exception {
    TestClient client = TestClient.connect(node);
    client.says(
        method
            + (" /channels/" + queue + "/delivery HTTP/1.1\r\nHost: localhost\r\n")
            + ("Content-Length: " + body.length() + "\r\nConnection: close\r\n\r\n" + body));
    return client.hears();
  }

  private String url() {
    return "http://localhost:" + app.getAddress().getPort() + "/inbox";
  }

  @Test
  void recordsArePostedInOrderAndNobodyElseGetsThem() throws Exception {
    Talk talk = new Talk(node);
    talk.push("mail", "r0");
    assertTrue(http("PUT", "mail", url()).startsWith("HTTP/1.1 204"));
    for (int i = 1; i < 20; i++) {
      talk.push("mail", "r" + i);
    }
    await("all are there", () -> got.size() == 20);
    assertEquals("r0", got.getFirst());
    assertEquals("r19", got.getLast());
    assertTrue(talk.pop("mail").getFirst().startsWith("6:these records are delivered"));
    assertTrue(http("GET", "mail", "").endsWith(url() + "\n"));
    await("it may sleep", () -> told.holds().get() == 0);
    http("DELETE", "mail", "");
    talk.push("mail", "mine");
    assertEquals(List.of("0:mine"), talk.pop("mail"));
  }

  @Test
  void oneThatIsRefusedIsPostedAgainAndTheNodeStaysAwakeForIt() throws Exception {
    status.set(503);
    Talk talk = new Talk(node);
    http("PUT", "mail", url());
    talk.push("mail", "one");
    talk.push("mail", "two");
    await("it was tried twice", () -> attempts.get() >= 2);
    assertEquals(1, told.holds().get());
    status.set(204);
    await("both are there", () -> got.size() == 2);
    assertEquals(List.of("one", "two"), got);
    await("it may sleep", () -> told.holds().get() == 0);
  }

  @Test
  void whatCannotBeDeliveredWaitsForTheNextWake() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
    begin(Map.of("size", "256KiB", "patience", "0"));
    status.set(500);
    http("PUT", "mail", url());
    new Talk(node).push("mail", "one");
    await("it was tried", () -> attempts.get() >= 1);
    await("it may sleep", () -> told.holds().get() == 0);
    node.sleep(Instant.now().plusSeconds(5));
    status.set(204);
    begin(Map.of("size", "256KiB"));
    await("it is there", () -> got.equals(List.of("one")));
  }

  @Test
  void aDeliveryThatEndsAtAnyMomentHarmsNoQueue() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
    begin(Map.of("size", "256KiB", "sync", "always"));
    Talk talk = new Talk(node);
    for (int i = 1; i <= 50; i++) {
      int most = i;
      http("PUT", "mail", url());
      assertEquals(List.of("0:"), talk.push("mail", "one"));
      await("it was posted", () -> attempts.get() >= most);
      http("DELETE", "mail", "");
      assertEquals(List.of("0:"), talk.push("mail", "two"));
      while (talk.pop("mail").getFirst().startsWith("0:")) {
        // The one may be there again, for nobody knows what became of it.
      }
    }
  }

  @Test
  void aDeliveryGoesOnWhenTheDiskWorksAgain() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
    begin(Map.of("size", "64KiB", "record", "1000"));
    Talk talk = new Talk(node);
    for (int i = 0; i < 100; i++) {
      talk.push("mail", "x".repeat(1000));
    }
    Path channels = data.resolve("dmq/channels");
    try (Stream<Path> files = Files.list(channels.resolve("mail"));
        RandomAccessFile raw =
            new RandomAccessFile(files.findFirst().orElseThrow().toFile(), "rw")) {
      raw.seek(raw.length() / 2);
      raw.write('y');
    }
    // No folder can be made there, so that what is damaged cannot be copied.
    Files.write(channels.resolve(".damaged"), new byte[1]);
    http("PUT", "mail", url());
    Path log = data.resolve("dmq/log/root.log");
    await("it has failed", () -> contains(log, "the queue's disk"));
    Files.delete(channels.resolve(".damaged"));
    await("all before the damage is there", () -> contains(log, "records of @mail are lost"));
    talk.push("mail", "last");
    await("what comes is there", () -> got.getLast().equals("last"));
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.exists(file) && Files.readString(file).contains(text);
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void anAnswerThatNeverEndsIsGivenUpInTimeOrWhenTheNodeSleeps() throws Exception {
    app.createContext(
        "/endless",
        exchange -> {
          exchange.sendResponseHeaders(200, 100);
          attempts.incrementAndGet();
          exchange.getResponseBody().flush();
        });
    URI endless = URI.create(url().replace("inbox", "endless"));
    try (Post post = new Post()) {
      Future<HttpResponse<Void>> answer = post.post(endless, "mail", new byte[1]);
      assertThrows(HttpTimeoutException.class, () -> Post.status(answer, Duration.ofMillis(200)));
      assertTrue(answer.isDone());
    }
    http("PUT", "mail", endless.toString());
    new Talk(node).push("mail", "one");
    await("it was posted", () -> attempts.get() >= 2);
    node.sleep(Instant.now().plusSeconds(60));
    assertEquals(0, told.holds().get());
    begin(Map.of("size", "256KiB"));
  }

  @Test
  void otherMachinesAreNoTargetUnlessAllowed() throws Exception {
    assertTrue(http("PUT", "mail", "http://192.0.2.1/").startsWith("HTTP/1.1 400"));
    assertTrue(http("PUT", "mail", "file:///etc/passwd").startsWith("HTTP/1.1 400"));
    assertTrue(http("PUT", "mail", "no url").startsWith("HTTP/1.1 400"));
    assertTrue(http("PUT", "mail", "http://127.0.0.1:9/").startsWith("HTTP/1.1 204"));
    assertTrue(http("PUT", "mail", "http://[::1]:9/").startsWith("HTTP/1.1 204"));
  }

  @Test
  void aUrlThatIsDamagedStopsItsDeliveryAndNothingElse() throws Exception {
    http("PUT", "mail", url());
    node.sleep(Instant.now().plusSeconds(5));
    Path note = data.resolve("dmq/channels/@mail/delivery");
    byte[] damaged = Files.readAllBytes(note);
    damaged[damaged.length - 3] = (byte) 0xFF;
    Files.write(note, damaged);
    begin(Map.of("size", "256KiB"));
    Talk talk = new Talk(node);
    talk.push("mail", "one");
    assertTrue(talk.pop("mail").getFirst().startsWith("6:"));
    assertTrue(contains(data.resolve("dmq/log/root.log"), "delivery of @mail is stopped"));
    http("DELETE", "mail", "");
    assertEquals(List.of("0:one"), talk.pop("mail"));
  }
}
