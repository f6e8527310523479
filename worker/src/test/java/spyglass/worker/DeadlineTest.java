package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Response;

/** Every wait has an end. The loop looks at the clock once a second, so each test takes one or two. */
@Timeout(60)
class DeadlineTest {

  private static final App APP =
      request -> {
        request.body().readAllBytes();
        return Response.text("ok");
      };

  private static final Duration SHORT = Duration.ofMillis(300);
  private static final Duration LONG = Duration.ofSeconds(30);

  private static Settings settings(
      Duration firstByte, Duration head, Duration keepAlive, Duration stall) {
    Duration linger = Duration.ofSeconds(1);
    return settings(new Clocks(LONG, firstByte, head, keepAlive, stall, LONG, LONG, linger));
  }

  private static Settings settings(Clocks clocks) {
    return TestWorker.settings(2, clocks, TestWorker.BOUNDS);
  }

  @Test
  void aConnectionThatNeverSendsAnythingIsClosedWithoutAWord() throws IOException {
    try (TestWorker worker = new TestWorker(settings(SHORT, LONG, LONG, LONG), APP);
        Client client = worker.connect()) {
      assertEquals("", client.rest());
    }
  }

  @Test
  void aHeadThatArrivesTooSlowlyIsRefusedWith408() throws IOException {
    try (TestWorker worker = new TestWorker(settings(LONG, SHORT, LONG, LONG), APP);
        Client client = worker.connect()) {
      Answer answer = client.ask("GET / HTTP/1.1\r\nHo");
      assertEquals(408, answer.status());
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aSecondHeadThatArrivesTooSlowlyIsRefusedAsWell() throws IOException {
    try (TestWorker worker = new TestWorker(settings(LONG, SHORT, LONG, LONG), APP);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\nGET");
      assertEquals(200, client.answer().status());
      assertEquals(408, client.answer().status());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void oneMoreByteNowAndThenDoesNotProlongAHead() throws IOException {
    try (TestWorker worker =
            new TestWorker(settings(LONG, Duration.ofSeconds(1), LONG, LONG), APP);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\nX: ");
      long begun = System.nanoTime();
      Thread dripping = Thread.ofPlatform().daemon().start(() -> drip(client));
      assertEquals(408, client.answer().status());
      assertTrue(Duration.ofNanos(System.nanoTime() - begun).toSeconds() < 8);
      dripping.interrupt();
    }
  }

  static void drip(Client client) {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        client.send("x");
        TestWorker.pause();
      }
    } catch (IOException e) {
      // The server has had enough.
    }
  }

  @Test
  void anIdleConnectionIsClosedAfterItsTimeAndNoLongerHoldsTheTreeAwake() throws IOException {
    try (TestWorker worker = new TestWorker(settings(LONG, LONG, SHORT, LONG), APP);
        Client client = worker.connect()) {
      assertEquals(200, client.get("/").status());
      TestWorker.await("not busy", () -> worker.told().endsWith(")"));
      assertEquals("", client.rest());
    }
  }

  @Test
  void aBodyThatStandsStillIsRefusedWith408() throws IOException {
    try (TestWorker worker = new TestWorker(settings(LONG, LONG, LONG, SHORT), APP);
        Client client = worker.connect()) {
      Answer answer = client.ask("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\nabc");
      assertEquals(408, answer.status());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aClientThatDoesNotReadItsAnswerIsCutAndItsThreadIsFreeAgain() throws IOException {
    App app =
        request ->
            Response.stream(
                "text/plain",
                out -> {
                  for (int i = 0; i < 1_000; i++) {
                    out.write(new byte[64 << 10]);
                  }
                });
    try (TestWorker worker = new TestWorker(settings(LONG, LONG, LONG, SHORT), app);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      client.head();
      TestWorker.await("not busy", () -> worker.told().endsWith(")"));
      assertThrows(IOException.class, client::rest);
    }
  }

  @Test
  void aConnectionThatIsBeingClosedTakesOnlySoMuchMore() throws IOException {
    try (TestWorker worker = new TestWorker(settings(LONG, LONG, LONG, LONG), APP);
        Client client = worker.connect()) {
      assertEquals(400, client.ask("nonsense\r\n\r\n").status());
      assertThrows(
          IOException.class,
          () -> {
            for (int i = 0; i < 10_000; i++) {
              client.send("x".repeat(64 << 10));
            }
          });
    }
  }
}
