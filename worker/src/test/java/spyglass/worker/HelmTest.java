package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/** Which thread calls the app, and that nobody waits for another's call. */
@Timeout(60)
class HelmTest {

  private final Semaphore inside = new Semaphore(0);
  private final CountDownLatch gate = new CountDownLatch(1);
  private final AtomicInteger now = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();

  private final App app = this::answer;

  private Response answer(Request request) throws Exception {
    most.accumulateAndGet(now.incrementAndGet(), Math::max);
    try {
      switch (request.path()) {
        case "/wait" -> {
          inside.release();
          gate.await();
        }
        case "/compute" -> {
          inside.release();
          while (gate.getCount() > 0) {
            Thread.onSpinWait();
          }
        }
        case "/slow" -> Thread.sleep(3);
        case "/interrupt" -> Thread.currentThread().interrupt();
        default -> {}
      }
      return Response.text(Thread.currentThread().getName());
    } finally {
      now.decrementAndGet();
    }
  }

  @Test
  void anAppThatAnswersAtOnceIsCalledByTheLoopItself() throws IOException {
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      TestWorker.await("a call by the loop", () -> caller(client).startsWith("loop-"));
    }
  }

  private static String caller(Client client) {
    return caller(client, "/");
  }

  private static String caller(Client client, String path) {
    try {
      return client.get(path).body();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoeverWaitsInTheAppNobodyElseWaitsForThat() throws Exception {
    othersAreAnsweredDuring("/wait");
  }

  @Test
  void whoeverComputesInTheAppNobodyElseWaitsForThat() throws Exception {
    othersAreAnsweredDuring("/compute");
  }

  private void othersAreAnsweredDuring(String path) throws Exception {
    try (TestWorker worker = new TestWorker(app);
        Client first = worker.connect();
        Client second = worker.connect();
        Client other = worker.connect()) {
      warm(other);
      first.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.acquire();
      assertEquals(200, other.get("/").status());
      second.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.acquire();
      assertEquals(200, other.get("/").status());
      gate.countDown();
      assertEquals(200, first.answer().status());
      assertEquals(200, second.answer().status());
      warm(other);
      assertEquals(200, first.get("/").status());
    }
  }

  /** So many calls that the loop makes them if it makes any. */
  private static void warm(Client client) throws IOException {
    for (int i = 0; i < 200; i++) {
      assertEquals(200, client.get("/").status());
    }
  }

  @Test
  void withOneThreadTheAppIsCalledByOneAtATimeWhoeverLeads() throws Exception {
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(1), app);
        Client first = worker.connect();
        Client second = worker.connect()) {
      warm(first);
      for (int i = 0; i < 50; i++) {
        String path = i % 10 == 0 ? "/slow" : "/";
        first.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        second.send("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n");
        assertEquals(200, first.answer().status());
        assertEquals(200, second.answer().status());
      }
    }
    assertEquals(1, most.get());
  }

  @Test
  void anAppThatIsSlowOnTheWholeIsCalledElsewhereAndOneThatIsQuickAgainIsNot() throws IOException {
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      TestWorker.await("a call elsewhere", () -> caller(client, "/slow").startsWith("app-"));
      TestWorker.await("a call by the loop", () -> caller(client).startsWith("loop-"));
    }
  }

  @Test
  void anInterruptThatAnAppLeavesBehindReachesNeitherTheLoopNorTheNextRequest() throws IOException {
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      warm(client);
      for (int i = 0; i < 20; i++) {
        try (Client interrupted = worker.connect()) {
          interrupted.send("GET /interrupt HTTP/1.1\r\nHost: a\r\n\r\n");
          assertTrue(client.get("/").status() == 200, "the other is served");
        }
      }
    }
  }
}
