package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Response;

/** All clients together may have only so much waiting. */
@Timeout(60)
class MemoryTest {

  private static final App APP = request -> Response.text("ok");

  private static final String HALF_A_HEAD =
      "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(7 << 10);

  private static Settings settings() {
    Bounds bounds = new Bounds(240, 100, 100, 64 << 10, 1_000, 1_000, 10, 1_000);
    return TestWorker.settings(2, TestWorker.PATIENT.clocks(), bounds);
  }

  @Test
  void whenItIsFullTheNextIsRefusedWith503AndSmallRequestsAreServed() throws IOException {
    try (TestWorker worker = new TestWorker(settings(), APP)) {
      List<Client> waiting = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        waiting.add(worker.connect().send(HALF_A_HEAD));
      }
      try (Client tooMuch = worker.connect();
          Client small = worker.connect()) {
        assertEquals(503, tooMuch.send(HALF_A_HEAD).answer().status());
        assertEquals(200, small.get("/").status());
      }
      for (Client client : waiting) {
        assertEquals(200, client.ask("\r\n\r\n").status());
        client.close();
      }
    }
  }

  @Test
  void whoLeavesGivesItBack() throws IOException {
    try (TestWorker worker = new TestWorker(settings(), APP)) {
      for (int round = 0; round < 30; round++) {
        try (Client client = worker.connect()) {
          assertEquals(200, client.ask(HALF_A_HEAD + "\r\n\r\n").status());
        }
        try (Client gone = worker.connect()) {
          gone.send(HALF_A_HEAD);
        }
        try (Client wrong = worker.connect()) {
          assertEquals(400, wrong.ask(HALF_A_HEAD + "\n\n").status());
        }
      }
    }
  }
}
