package examples.dmq.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.dmq.Dmq;
import examples.dmq.Told;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.protocol.TestClient;

/** The HTTP face, without a socket. */
final class HttpFaceTest {

  @TempDir private Path data;
  private final Dmq node = new Dmq();

  @BeforeEach
  void start() throws Exception {
    node.start(Told.of(data, Map.of("size", "256KiB", "record", "100")));
  }

  @AfterEach
  void stop() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
  }

  private String ask(String request) throws Exception {
    TestClient client = TestClient.connect(node);
    client.says(request);
    return client.hears();
  }

  private static String request(String line, String... fields) {
    String more = fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n";
    return line + " HTTP/1.1\r\nHost: localhost:4222\r\n" + more + "\r\n";
  }

  private static String take(String path, String... fields) {
    List<String> all = new ArrayList<>(List.of(fields));
    all.add("Dmq-Take: 1");
    return request("GET " + path, all.toArray(String[]::new));
  }

  private static String post(String channel, String record) {
    return request("POST /channels/" + channel, "Content-Length: " + record.length()) + record;
  }

  private static void assertStatus(int status, String answer) {
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
  }

  @Test
  void aRecordIsPushedByPostAndPoppedByGetAsItIs() throws Exception {
    TestClient client = TestClient.connect(node);
    byte[] raw = {0, (byte) 0xFF, '\r', '\n'};
    client.says(request("POST /channels/raw", "Content-Length: 4"));
    client.says(raw);
    assertStatus(204, client.hears());
    client.says(take("/channels/raw", "Connection: close"));
    byte[] all = client.ends().bytes();
    assertArrayEquals(raw, java.util.Arrays.copyOfRange(all, all.length - 4, all.length));
    assertStatus(204, ask(take("/channels/raw")));
  }

  @Test
  void requestsMayComeAllAtOnceAndByteByByte() throws Exception {
    TestClient client = TestClient.connect(node);
    String chunks =
        request("POST /channels/news", "Transfer-Encoding: chunked")
            + "2\r\non\r\n1\r\ne\r\n0\r\n\r\n";
    String all = post("news", "zero") + chunks + take("/channels/news");
    for (byte b : all.getBytes(ISO_8859_1)) {
      client.says(new byte[] {b});
    }
    client.says(take("/channels/news") + request("GET /channels"));
    String answers = client.hears();
    assertTrue(answers.contains("\r\n\r\nzero"), answers);
    assertTrue(answers.contains("\r\n\r\noneHTTP/1.1 200"), answers);
    assertTrue(answers.endsWith("[\"news\"]\n"), answers);
  }

  @Test
  void whatIsRefusedIsToldInItsStatus() throws Exception {
    assertStatus(400, ask(post("news", "")));
    assertStatus(413, ask(post("news", "x".repeat(101))));
    assertStatus(400, ask(post("a.b", "x")));
    assertStatus(400, ask(post("me@news", "x")));
    assertStatus(405, ask(request("HEAD /channels/news")));
    assertStatus(405, ask(request("PATCH /channels/news")));
    assertStatus(405, ask(request("Delete /channels/news")));
    assertStatus(404, ask(request("GET /nothing")));
    assertStatus(400, ask("GET / HTTP/1.1\r\n\r\n"));
  }

  /** An image of another site's page whose address is http://0.0.0.0:4222/channels/news/stream, say. */
  @Test
  void aPageThatGetsWhatItMayNotReadTakesNoRecord() throws Exception {
    ask(post("news", "mine"));
    for (String path : List.of("/channels/news", "/channels/me@news", "/channels/news/stream")) {
      assertStatus(403, ask("GET " + path + " HTTP/1.1\r\nHost: 0.0.0.0:4222\r\n\r\n"));
      String answer = ask(request("GET " + path));
      assertStatus(403, answer);
      assertTrue(answer.endsWith("a GET that takes has the field 'Dmq-Take: 1'\n"), answer);
      assertStatus(403, ask(take(path, "Sec-Fetch-Site: cross-site")));
      assertStatus(403, ask(take(path, "Origin: http://evil.example")));
    }
    String asked = "Access-Control-Request-Headers: dmq-take";
    String granted = ask(request("OPTIONS /channels/news", asked));
    assertStatus(405, granted);
    assertFalse(granted.toLowerCase(Locale.ROOT).contains("access-control"), granted);
    assertTrue(ask(take("/channels/news")).endsWith("\r\n\r\nmine"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/stats", "/metrics", "/channels", "/channels/news", "/nothing"})
  void noPathAnswersForAHostThatAnotherMayOwn(String path) throws Exception {
    List<String> foreign =
        List.of(
            "evil.example:4222",
            "localhost.evil.example",
            "evil.example@localhost",
            "mq",
            "",
            "localhost.",
            "0.0.0.0:4222",
            "0",
            "[::]:4222",
            "[::ffff:0.0.0.0]",
            "127.0.0.1.evil");
    for (String host : foreign) {
      String answer = ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertTrue(answer.matches("(?s)HTTP/1.1 (400|403) .*"), host + ": " + answer);
    }
    assertStatus(
        403, ask("GET http://evil.example" + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    for (String host : List.of("LOCALHOST", "127.0.0.1", "[::1]:4222", "192.0.2.7:80")) {
      String answer = ask("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nDmq-Take: 1\r\n\r\n");
      assertTrue(answer.matches("(?s)HTTP/1.1 (200|204|404) .*"), host + ": " + answer);
    }
  }

  @Test
  void anOriginIsComparedWhole() throws Exception {
    String asked = "Host: localhost:4222\r\nContent-Length: 1\r\nOrigin: ";
    for (String origin :
        List.of(
            "http://evil.example//localhost:4222",
            "https://localhost:4222",
            "null",
            "http://localhost",
            "http://localhost:42220",
            "http://x@localhost:4222",
            "")) {
      assertStatus(403, ask("POST /channels/news HTTP/1.1\r\n" + asked + origin + "\r\n\r\nx"));
    }
    String twice = "http://localhost:4222\r\nOrigin: http://evil.example";
    assertStatus(403, ask("POST /channels/news HTTP/1.1\r\n" + asked + twice + "\r\n\r\nx"));
    String own = "http://LocalHost:4222";
    assertStatus(204, ask("POST /channels/news HTTP/1.1\r\n" + asked + own + "\r\n\r\nx"));
  }

  @Test
  void theNodeIsAskedByTheHostsThatItIsTold() throws Exception {
    stop();
    node.start(Told.of(data, Map.of("hosts", "mq.example:4222,https://MQ.example:443")));
    String plain = "GET /stats HTTP/1.1\r\nHost: mq.example:4222\r\n";
    assertStatus(200, ask(plain + "Origin: http://mq.example:4222\r\n\r\n"));
    assertStatus(403, ask(plain + "Origin: https://mq.example:4222\r\n\r\n"));
    String secure = "GET /stats HTTP/1.1\r\nHost: mq.example\r\n";
    assertStatus(200, ask(secure + "Origin: https://mq.example\r\n\r\n"));
    assertStatus(403, ask(secure + "Origin: http://mq.example\r\n\r\n"));
    assertStatus(403, ask("GET /stats HTTP/1.1\r\nHost: mq.example:4223\r\n\r\n"));
  }

  @Test
  void aHeadIsAnsweredWhereAGetChangesNothing() throws Exception {
    String url = "http://localhost:9/";
    ask(request("PUT /channels/a/delivery", "Content-Length: " + url.length()) + url);
    for (String path :
        List.of("/", "/stats", "/metrics", "/channels", "/channels/", "/channels/a/delivery")) {
      String head = ask(request("HEAD " + path));
      assertStatus(200, head);
      assertTrue(head.endsWith("\r\n\r\n"), head);
    }
    for (String path : List.of("/channels/a", "/channels/a/stream")) {
      assertStatus(405, ask(request("HEAD " + path, "Dmq-Take: 1")));
    }
  }

  @Test
  void aFullChannelIs507() throws Exception {
    String answer = "";
    for (int i = 0; i < 1000 && !answer.startsWith("HTTP/1.1 507"); i++) {
      answer = ask(post("tiny", "x".repeat(100)));
    }
    assertStatus(204, answer);
    node.sleep(Instant.now().plusSeconds(5));
    node.start(Told.of(data, Map.of("size", "64KiB", "overflow", "0", "record", "100")));
    for (int i = 0; i < 1000 && !answer.startsWith("HTTP/1.1 507"); i++) {
      answer = ask(post("tiny", "x".repeat(100)));
    }
    assertStatus(507, answer);
    assertTrue(answer.contains("Retry-After: 1"), answer);
  }

  @Test
  void aStreamSendsWhatIsThereAndWhatComes() throws Exception {
    ask(post("news", "one"));
    TestClient client = TestClient.connect(node);
    client.says(take("/channels/me%40news/stream"));
    String begin = client.hears();
    assertStatus(200, begin);
    assertTrue(begin.contains("Transfer-Encoding: chunked"), begin);
    assertTrue(begin.endsWith("\r\n\r\n00000004\r\none\n\r\n"), begin);
    ask(post("news", "two"));
    assertEquals("00000004\r\ntwo\n\r\n", client.hears());
    TestClient framed = TestClient.connect(node);
    framed.says(take("/channels/other/stream?framed"));
    framed.hears();
    ask(post("other", "x"));
    assertEquals("00000005\r\n\0\0\0\1x\r\n", framed.hears());
    String all = client.ends().text();
    assertTrue(all.endsWith("\r\n0\r\n\r\n"), all);
  }

  @Test
  void behindAStreamNothingIsAnsweredAndNobodyStaysWhenItsConnectionIsGone() throws Exception {
    TestClient client = TestClient.connect(node);
    client.says(take("/channels/a/stream") + take("/channels/b/stream"));
    String all = client.hears();
    assertEquals(0, all.lastIndexOf("HTTP/1.1 200"), all);
    client.vanishes();
    String url = "http://localhost:9/";
    String put = request("PUT /channels/a/delivery", "Content-Length: " + url.length()) + url;
    assertStatus(204, ask(put));
  }

  @Test
  void aChannelOrASubscriberIsDeleted() throws Exception {
    ask(post("news", "one"));
    ask(take("/channels/me@news"));
    ask(post("news", "two"));
    assertStatus(204, ask(request("DELETE /channels/me@news")));
    assertStatus(204, ask(take("/channels/me@news")));
    assertStatus(204, ask(request("DELETE /channels/news")));
    assertTrue(ask(request("GET /channels")).endsWith("[]\n"));
  }

  @Test
  void figuresArePageJsonAndMetrics() throws Exception {
    ask(post("news", "one"));
    assertTrue(ask(request("GET /")).contains("<title>dmq</title>"));
    String json = ask(request("GET /stats"));
    assertTrue(json.contains("\"name\":\"news\",\"records\":1,\"used\":8,\"size\":262144"), json);
    String metrics = ask(request("GET /metrics"));
    assertTrue(metrics.contains("\ndmq_records{queue=\"news\"} 1\n"), metrics);
    assertTrue(metrics.contains("\ndmq_requests_total{kind=\"Push\"} 1\n"), metrics);
  }

  @Test
  void bodiesThatAreUnderWayHaveABoundTogether() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
    node.start(Told.of(data, Map.of("size", "16MiB", "record", "8MiB")));
    String most = request("POST /channels/news", "Content-Length: " + (8 << 20));
    String part = most + "x".repeat((8 << 20) - 1);
    List<TestClient> slow = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      slow.add(TestClient.connect(node).says(part));
    }
    assertStatus(204, ask(post("news", "one")));
    assertStatus(503, ask(post("news", "too many")));
    slow.getFirst().vanishes();
    assertStatus(204, slow.getLast().says("x").hears());
    for (int i = 0; i < 10; i++) {
      assertStatus(204, ask(post("news", "more")));
    }
  }

  @Test
  void whoWaitsIsToldToGoOn() throws Exception {
    String answer =
        ask(request("POST /channels/news", "Expect: 100-continue", "Content-Length: 3"));
    assertEquals("HTTP/1.1 100 Continue\r\n\r\n", answer);
  }
}
