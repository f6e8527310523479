package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Request;
import spyglass.http.Response;

/** Health checks: answered without the app, and nobody is kept awake by them. */
@Timeout(60)
class ProbeTest {

  private final AtomicInteger called = new AtomicInteger();
  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private final App app =
      request -> {
        called.incrementAndGet();
        if (request.path().equals("/slow")) {
          inside.countDown();
          gate.await();
        }
        return Response.text("from the app");
      };

  private TestWorker worker() throws IOException {
    return new TestWorker(TestWorker.probedAt("/healthz", 1), app);
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @Test
  void aProbeIsAnsweredByTheServerAndIsNeitherAVisitNorServed() throws Exception {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      for (String target : new String[] {"/healthz", "/healthz?deep=1", "http://a/healthz"}) {
        Answer answer = client.ask(get(target));
        assertEquals(200, answer.status());
        assertEquals("ok\n", answer.body());
        assertEquals("text/plain; charset=utf-8", answer.field("content-type"));
        assertEquals("no-store", answer.field("cache-control"));
        assertFalse(answer.closes());
        TestWorker.await("not busy", () -> worker.told().matches("r|.*,"));
      }
      client.send("HEAD /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
      assertEquals("3", client.head().field("content-length"));
      assertEquals(200, client.get("/healthz").status());
      assertFalse(worker.told().contains(")"), worker.heard());
    }
    assertEquals(0, called.get());
  }

  @Test
  void whatIsNotQuiteAProbeIsTheApps() throws Exception {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      for (String target : new String[] {"/healthz/", "/health", "/healthzz", "/a/healthz"}) {
        assertEquals("from the app", client.ask(get(target)).body());
      }
      assertEquals(
          "from the app", client.ask("DELETE /healthz HTTP/1.1\r\nHost: a\r\n\r\n").body());
      TestWorker.await("a visit", () -> worker.told().endsWith(")"));
    }
    assertEquals(5, called.get());
  }

  @Test
  void aProbeBetweenOtherRequestsIsAnsweredInItsTurn() throws Exception {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send(get("/") + get("/healthz") + get("/") + get("/healthz").repeat(500));
      assertEquals("from the app", client.answer().body());
      assertEquals("ok\n", client.answer().body());
      assertEquals("from the app", client.answer().body());
      for (int i = 0; i < 500; i++) {
        assertEquals("ok\n", client.answer().body());
      }
      TestWorker.await("two were served", () -> worker.heard().contains("=0 2\n"));
    }
  }

  @Test
  void aProbeThatArrivesInPiecesIsNoVisitEither() throws Exception {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send("GET /healthz HT");
      TestWorker.await("accepted", () -> worker.told().endsWith("("));
      assertEquals("ok\n", client.ask("TP/1.1\r\nHost: a\r\n\r\n").body());
      TestWorker.await("not busy", () -> worker.told().endsWith(","));
    }
  }

  @Test
  void aProbeThatWantsToCloseOrBringsABodyEndsItsConnection() throws Exception {
    String[] last = {
      "GET /healthz HTTP/1.0\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
    };
    try (TestWorker worker = worker()) {
      for (String request : last) {
        try (Client client = worker.connect()) {
          Answer answer = client.ask(request);
          assertEquals("ok\n", answer.body());
          assertTrue(answer.closes());
          assertTrue(client.atEnd());
        }
      }
    }
    assertEquals(0, called.get());
  }

  @Test
  void aProbeIsAnsweredWhileTheOnlyThreadIsTakenOverOldConnectionsAndNewOnes() throws Exception {
    try (TestWorker worker = worker();
        Client old = worker.connect();
        Client slow = worker.connect()) {
      assertEquals("ok\n", old.get("/healthz").body());
      slow.send(get("/slow"));
      inside.await();
      assertEquals("ok\n", old.get("/healthz").body());
      try (Client another = worker.connect()) {
        assertEquals("ok\n", another.get("/healthz").body());
      }
      gate.countDown();
      assertEquals("from the app", slow.answer().body());
    }
  }

  @Test
  void aWorkerThatIsLeavingSays503() throws Exception {
    try (TestWorker worker = worker();
        Client slow = worker.connect();
        Client client = worker.connect()) {
      TestWorker.await("accepted", () -> worker.told().endsWith("("));
      slow.send(get("/slow"));
      inside.await();
      // Its first byte is there: so it is accepted, and has something to say.
      client.send("G");
      TestWorker.await("both", () -> worker.heard().contains("=2 0\n"));
      worker.drain();
      Answer answer = client.ask(get("/healthz").substring(1));
      assertEquals(503, answer.status());
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
      gate.countDown();
      assertEquals("from the app", slow.answer().body());
    }
  }

  @Test
  void itsAnswersKeepTheContract() throws Exception {
    Probe probe = new Probe("/healthz");
    assertTrue(probe.isWanted());
    App asApp = request -> Probe.response(request.path().equals("/leaving"));
    assertEquals(200, Lint.call(asApp, Request.of("GET", "/healthz")).status());
    assertEquals(503, Lint.call(asApp, Request.of("HEAD", "/leaving")).status());
  }
}
