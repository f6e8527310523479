package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/** What becomes of a request that stays in the app for longer than --request-timeout. */
@Timeout(60)
class LateAppTest {

  private static final Duration LONG = Duration.ofSeconds(30);

  private final CountDownLatch interrupted = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);

  private static Settings settings(Duration request) {
    return settings(request, LONG);
  }

  private static Settings settings(Duration request, Duration stuck) {
    Clocks clocks = new Clocks(LONG, LONG, LONG, LONG, LONG, request, stuck, Duration.ofSeconds(1));
    return TestWorker.settings(1, clocks, TestWorker.BOUNDS);
  }

  private Response sleepFor(Request request) throws IOException {
    switch (request.path()) {
      case "/sleeper" -> sleep();
      case "/deaf" -> awaitRelease();
      case "/body" -> request.body().readAllBytes();
      case "/stream" -> {
        return Response.stream("text/plain", this::streamLong);
      }
      default -> {}
    }
    return Response.text("in time");
  }

  private void sleep() {
    try {
      Thread.sleep(LONG);
    } catch (InterruptedException e) {
      interrupted.countDown();
    }
  }

  /** An app that does not care for interrupts. */
  private void awaitRelease() {
    while (released.getCount() > 0) {
      Thread.onSpinWait();
    }
  }

  private void streamLong(OutputStream out) throws IOException, InterruptedException {
    out.write('a');
    out.flush();
    Thread.sleep(2_500);
    out.write('b');
  }

  private final App app = this::sleepFor;

  @Test
  void itIsAnswered503AndInterruptedAndItsThreadServesTheNext() throws Exception {
    try (TestWorker worker = new TestWorker(settings(Duration.ofMillis(300)), app);
        Client client = worker.connect();
        Client next = worker.connect()) {
      Answer answer = client.get("/sleeper");
      assertEquals(503, answer.status());
      assertTrue(answer.closes());
      interrupted.await();
      assertEquals("in time", next.get("/").body());
    }
  }

  @Test
  void anAppThatComesBackAfterItsTimeSaysNothingMore() throws IOException {
    try (TestWorker worker = new TestWorker(settings(Duration.ofMillis(300)), app);
        Client client = worker.connect()) {
      client.send("GET /deaf HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals(503, client.answer().status());
      released.countDown();
      assertEquals("", client.rest());
    }
  }

  @Test
  void anAppThatDoesNotComeBackAtAllIsToldToTheMasterOnce() throws IOException {
    Settings hasty = settings(Duration.ofMillis(300), Duration.ofMillis(300));
    try (TestWorker worker = new TestWorker(hasty, app);
        Client client = worker.connect()) {
      assertEquals(503, client.get("/deaf").status());
      TestWorker.await("stuck", () -> worker.told().contains("x"));
      // The 503 is an answer, and the request is in flight still.
      assertTrue(worker.heard().matches("(?s).*=1 1\n[^)]*"), worker.heard());
      TestWorker.await("two more beats", () -> worker.told().matches(".*x\\.\\.+"));
      released.countDown();
      TestWorker.await("back", () -> worker.told().endsWith(")"));
      assertEquals(worker.told().indexOf('x'), worker.told().lastIndexOf('x'));
    }
  }

  @Test
  void anAppThatComesBackInTimeIsNotStuck() throws Exception {
    Settings hasty = settings(Duration.ofMillis(300), Duration.ofSeconds(2));
    try (TestWorker worker = new TestWorker(hasty, app);
        Client client = worker.connect()) {
      assertEquals(503, client.get("/sleeper").status());
      interrupted.await();
      client.leave();
      TestWorker.await("back", () -> worker.told().endsWith(")"));
      assertFalse(worker.told().contains("x"));
    }
  }

  @Test
  void aHeadRequestGetsNoBodyWithIts503() throws IOException {
    try (TestWorker worker = new TestWorker(settings(Duration.ofMillis(300)), app);
        Client client = worker.connect()) {
      client.send("HEAD /sleeper HTTP/1.1\r\nHost: a\r\n\r\n");
      String rest = client.rest();
      assertTrue(rest.startsWith("HTTP/1.1 503 "), rest);
      assertTrue(rest.endsWith("\r\n\r\n"), rest);
    }
  }

  @Test
  void waitingForASlowBodyIsNotTheAppsTime() throws Exception {
    try (TestWorker worker = new TestWorker(settings(Duration.ofSeconds(1)), app);
        Client client = worker.connect()) {
      client.send("POST /body HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\n");
      for (int i = 0; i < 40; i++) {
        Thread.sleep(100);
        client.send("x");
      }
      assertEquals("in time", client.answer().body());
    }
  }

  @Test
  void aStreamThatHasBegunMayTakeAsLongAsItLikes() throws IOException {
    try (TestWorker worker = new TestWorker(settings(Duration.ofSeconds(1)), app);
        Client client = worker.connect()) {
      assertEquals("ab", client.get("/stream").body());
    }
  }

  @Test
  void zeroIsAnyTime() throws Exception {
    CountDownLatch called = new CountDownLatch(1);
    App waiting =
        request -> {
          called.countDown();
          awaitRelease();
          return Response.text("at last");
        };
    try (TestWorker worker = new TestWorker(settings(Duration.ZERO), waiting);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      called.await();
      // Two of the loop's looks at the clock.
      Thread.sleep(2_100);
      released.countDown();
      assertEquals("at last", client.answer().body());
    }
  }
}
