package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/** What becomes of a request's body when the app reads it, and when it does not. */
@Timeout(60)
class RequestBodyTest {

  private static final App APP =
      request ->
          switch (request.path()) {
            case "/length" -> Response.text("" + request.body().readAllBytes().length);
            case "/trailer" -> trailer(request);
            case "/first" -> Response.text("" + (char) request.body().read());
            case "/unread" -> Response.text("unread");
            default -> Response.text(text(request));
          };

  private static String text(Request request) throws IOException {
    return new String(request.body().readAllBytes(), StandardCharsets.ISO_8859_1);
  }

  private static Response trailer(Request request) throws IOException {
    String before = request.body().trailers().first("X-Sum").orElse("none");
    text(request);
    return Response.text(before + " then " + request.body().trailers().first("X-Sum").orElse(""));
  }

  private static String post(String path, String field, String body) {
    return "POST " + path + " HTTP/1.1\r\nHost: a\r\n" + field + "\r\n\r\n" + body;
  }

  private static String sized(String path, String body) {
    return post(path, "Content-Length: " + body.length(), body);
  }

  private static String chunked(String path, String body) {
    return post(path, "Transfer-Encoding: chunked", body);
  }

  @Test
  void aBodyOfAToldLengthAndWhatComesBehindItAreKeptApart() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      client.send(sized("/", "abc") + sized("/", "") + sized("/", "GET / HTTP/1.1\r\n\r\n"));
      assertEquals("abc", client.answer().body());
      assertEquals("", client.answer().body());
      assertEquals("GET / HTTP/1.1\r\n\r\n", client.answer().body());
    }
  }

  @Test
  void chunksBecomeOneBodyAndTheirTrailerIsThereAfterwards() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      client.send(chunked("/", "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n"));
      assertEquals("abcde", client.answer().body());
      client.send(chunked("/trailer", "1\r\na\r\n0\r\nX-Sum: 7\r\n\r\n"));
      assertEquals("none then 7", client.answer().body());
      assertEquals("unread", client.get("/unread").body());
    }
  }

  @Test
  void aLargeBodyPassesThroughASmallInbox() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      assertEquals("3000000", client.ask(sized("/length", "x".repeat(3_000_000))).body());
      String chunk = "10000\r\n" + "y".repeat(0x10000) + "\r\n";
      Answer answer = client.ask(chunked("/length", chunk.repeat(40) + "0\r\n\r\n"));
      assertEquals("" + 40 * 0x10000, answer.body());
    }
  }

  @Test
  void aSmallBodyThatTheAppLeftUnreadIsSkippedAndTheConnectionGoesOn() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      for (String path : new String[] {"/unread", "/first"}) {
        Answer answer = client.ask(sized(path, "x".repeat(100_000)));
        assertFalse(answer.closes(), path);
        client.ask(chunked(path, "3\r\nxbc\r\n0\r\n\r\n"));
      }
      assertEquals("", client.get("/").body());
    }
  }

  @Test
  void aLargeBodyThatTheAppLeftUnreadEndsTheConnectionAndTheAnswerStillArrives()
      throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      Answer answer = client.ask(sized("/unread", "x".repeat(700_000)));
      assertEquals("unread", answer.body());
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aClientThatAsksFirstIsToldToGoOnWhenTheAppReads() throws IOException {
    String head = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      assertEquals(100, client.send(head).head().status());
      assertEquals("abc", client.ask("abc").body());
      assertEquals("", client.get("/").body());
    }
  }

  @Test
  void aClientThatAsksFirstIsNotToldToGoOnWhenTheAppDoesNotRead() throws IOException {
    String head = "Expect: 100-continue\r\nContent-Length: 3";
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      Answer answer = client.ask(post("/unread", head, ""));
      assertEquals("unread", answer.body());
      // It may send the body all the same, or not: nobody can know where the next request begins.
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aClientThatAsksFirstBehindAnotherRequestIsToldToGoOnAtOnce() throws IOException {
    String head = "Expect: 100-continue\r\nContent-Length: 3";
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      client.send(sized("/", "first") + post("/", head, ""));
      assertEquals("first", client.answer().body());
      assertEquals(100, client.head().status());
      assertEquals("abc", client.ask("abc").body());
    }
  }

  @Test
  void chunksThatAreNoneAndThatTheAppLeftUnreadEndTheConnectionInOrder() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      Answer answer = client.ask(chunked("/unread", "no size\r\n") + sized("/", "hidden"));
      assertEquals("unread", answer.body());
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aClientThatLooksForItsAnswerOnlyAfterALargeUploadFindsIt() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      Answer answer = client.ask(sized("/unread", "x".repeat(20_000_000)));
      assertEquals("unread", answer.body());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aBodyThatIsThereAlreadyNeedsNoWordToGoOn() throws IOException {
    String head = "Expect: 100-continue\r\nContent-Length: 3";
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      assertEquals(200, client.ask(post("/", head, "abc")).status());
    }
  }

  @Test
  void anyOtherExpectationIsRefused() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      Answer answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n\r\n");
      assertEquals(417, answer.status());
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aBodyThatIsBrokenIsRefusedWhateverTheAppMadeOfIt() throws IOException {
    App careless =
        request -> {
          try {
            request.body().readAllBytes();
          } catch (IOException e) {
            // An app that thinks it knows better.
          }
          return Response.text("fine");
        };
    for (App app : new App[] {APP, careless}) {
      try (TestWorker worker = new TestWorker(app);
          Client client = worker.connect()) {
        assertEquals(400, client.ask(chunked("/", "x\r\n")).status());
        assertTrue(client.atEnd());
      }
    }
  }

  @Test
  void aBodyThatEndsEarlyIsRefused() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      client.send(post("/", "Content-Length: 10", "abc")).sendEnd();
      assertEquals(400, client.answer().status());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aBodyOverTheLimitIsRefusedBeforeTheAppIsAsked() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      assertEquals(413, client.ask(post("/unread", "Content-Length: 67108865", "")).status());
      assertTrue(client.atEnd());
    }
  }
}
