package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.App;
import spyglass.http.Headers;
import spyglass.http.Request;
import spyglass.http.Response;

/** Answers before the answer: 103 (RFC 8297). */
@Timeout(60)
class EarlyHintsTest {

  private static final Headers STYLE = Headers.of("Link", "</style.css>; rel=preload; as=style");

  @Test
  void hintsGoOutWhileTheAppStillMakesItsAnswer() throws Exception {
    SynchronousQueue<Boolean> gate = new SynchronousQueue<>();
    App app =
        request -> {
          request.earlyHints(STYLE);
          request.earlyHints(Headers.of("Link", "</b.js>; rel=preload; as=script"));
          gate.take();
          return Response.text("the page");
        };
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      for (int i = 0; i < 2; i++) {
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Answer first = client.head();
        assertEquals(103, first.status());
        assertEquals("</style.css>; rel=preload; as=style", first.field("link"));
        assertEquals(1, first.fields().size(), first.fields()::toString);
        assertEquals("</b.js>; rel=preload; as=script", client.head().field("link"));
        gate.offer(true, 10, TimeUnit.SECONDS);
        Answer answer = client.answer();
        assertEquals(200, answer.status());
        assertEquals("the page", answer.body());
      }
    }
  }

  @Test
  void anOldClientIsNotBotheredWithThem() throws IOException {
    App app =
        request -> {
          request.earlyHints(STYLE);
          return Response.text("the page");
        };
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals(200, client.ask("GET / HTTP/1.0\r\n\r\n").status());
    }
  }

  @Test
  void hintsForAPostComeAfterTheContinueThatItsBodyWaitedFor() throws IOException {
    App app =
        request -> {
          String body = new String(request.body().readAllBytes(), StandardCharsets.US_ASCII);
          request.earlyHints(STYLE);
          return Response.text(body);
        };
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      client.send(
          "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
      assertEquals(100, client.head().status());
      client.send("hi");
      assertEquals(103, client.head().status());
      assertEquals("hi", client.answer().body());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Link, 'a\r\nSet-Cookie: b'",
    "Link, 'a\r\n\r\nHTTP/1.1 200 OK'",
    "'A B', c",
    "Content-Length, 3",
    "Transfer-Encoding, chunked",
    "Connection, close"
  })
  void whatNoHintMayHoldIsTheAppsErrorAndNothingOfItIsSent(String name, String value)
      throws IOException {
    App app =
        request -> {
          request.earlyHints(Headers.of(name, value));
          return Response.text("never");
        };
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals(500, client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head().status());
    }
  }

  @Test
  void hintsThatAreLateOrComeFromAnotherThreadAreTheAppsErrorAndHarmNobody() throws Exception {
    LinkedBlockingQueue<Request> kept = new LinkedBlockingQueue<>();
    App app =
        request -> {
          kept.add(request);
          Thread helper = new Thread(() -> refused(request));
          helper.start();
          helper.join();
          return Response.stream(
              "text/plain",
              out -> {
                refused(request);
                out.write('x');
              });
        };
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals("x", client.get("/").body());
      refused(kept.take());
      assertEquals("x", client.get("/").body());
    }
  }

  private static void refused(Request request) {
    assertThrows(IllegalStateException.class, () -> request.earlyHints(STYLE));
  }
}
