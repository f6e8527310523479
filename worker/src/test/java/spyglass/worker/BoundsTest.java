package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Response;

/** What one client may cost. */
@Timeout(60)
class BoundsTest {

  private static final App APP =
      request -> {
        request.body().readAllBytes();
        return Response.text("ok");
      };

  private static Settings settings(Duration stall, Bounds bounds) {
    Settings p = TestWorker.PATIENT;
    Clocks c = p.clocks();
    Duration linger = Duration.ofSeconds(1);
    Clocks clocks =
        new Clocks(
            c.drain(),
            c.firstByte(),
            c.head(),
            c.keepAlive(),
            stall,
            c.request(),
            c.stuck(),
            linger);
    return TestWorker.settings(2, clocks, bounds);
  }

  private static Bounds bounds(long rate, int connections, int requests, int skipped) {
    return new Bounds(rate, connections, requests, 1 << 20, 64 << 10, 64 << 10, 1_000, skipped);
  }

  @Test
  void theLastRequestOfAConnectionIsAnsweredAndSaysSo() throws IOException {
    Settings settings = settings(Duration.ofSeconds(20), bounds(240, 100, 2, 1_000));
    try (TestWorker worker = new TestWorker(settings, APP);
        Client client = worker.connect()) {
      assertFalse(client.get("/").closes());
      assertTrue(client.get("/").closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aConnectionTooManyWaitsInTheQueueAndIsServedWhenThereIsRoom() throws IOException {
    Settings settings = settings(Duration.ofSeconds(20), bounds(240, 1, 100, 1_000));
    try (TestWorker worker = new TestWorker(settings, APP)) {
      Client first = worker.connect();
      assertEquals(200, first.get("/").status());
      try (Client second = worker.connect()) {
        second.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(200, first.get("/").status());
        first.close();
        assertEquals(200, second.answer().status());
      }
    }
  }

  /** If it were noticed at the next tick only, this would take half a minute. */
  @Test
  @Timeout(20)
  void aPlaceThatBecomesFreeIsNoticedAtOnce() throws IOException {
    Settings settings = settings(Duration.ofSeconds(20), bounds(240, 1, 100, 1_000));
    try (TestWorker worker = new TestWorker(settings, APP)) {
      for (int i = 0; i < 30; i++) {
        try (Client client = worker.connect()) {
          assertEquals(200, client.get("/").status());
        }
      }
    }
  }

  @Test
  void aBodyThatDripsIsRefusedThoughItNeverStandsStill() throws IOException {
    Settings settings = settings(Duration.ofSeconds(1), bounds(1_000_000, 9, 100, 1_000));
    try (TestWorker worker = new TestWorker(settings, APP);
        Client client = worker.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
      Thread dripping = Thread.ofPlatform().daemon().start(() -> DeadlineTest.drip(client));
      assertEquals(408, client.answer().status());
      dripping.interrupt();
    }
  }
}
