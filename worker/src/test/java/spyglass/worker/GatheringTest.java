package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Response;

/** Bodies that take their time. */
@Timeout(60)
class GatheringTest {

  private static final String POST = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: ";

  private final AtomicInteger inApp = new AtomicInteger();

  private final App app =
      request -> {
        inApp.incrementAndGet();
        int length = request.body().readAllBytes().length;
        inApp.decrementAndGet();
        return Response.text("body of " + length);
      };

  @Test
  void manySlowBodiesLeaveThreadsForThoseWhoAreQuick() throws Exception {
    List<Client> slow = new ArrayList<>();
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(4), app)) {
      for (int i = 0; i < 50; i++) {
        Client client = worker.connect();
        client.send(POST + "10\r\n\r\nabc");
        slow.add(client);
      }
      // After a second of silence they are ripe, and as many get a thread as may.
      TestWorker.await("two of the slow in the app", () -> inApp.get() == 2);
      try (Client quick = worker.connect()) {
        for (int i = 0; i < 5; i++) {
          assertEquals("body of 0", quick.get("/").body());
        }
        assertEquals("body of 3", quick.ask(POST + "3\r\n\r\nabc").body());
      }
      assertEquals(2, inApp.get());
      for (Client client : slow) {
        client.send("defghij");
        assertEquals("body of 10", client.answer().body());
        client.close();
      }
    }
  }

  @Test
  void manyWhoAskFirstAndNeverGoOnDoNotKeepOthersFromAsking() throws Exception {
    String asks = "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n";
    List<Client> silent = new ArrayList<>();
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(4), app)) {
      for (int i = 0; i < 20; i++) {
        Client client = worker.connect();
        assertEquals(100, client.send(asks).head().status());
        silent.add(client);
      }
      assertEquals(2, inApp.get());
      try (Client honest = worker.connect()) {
        assertEquals(100, honest.send(asks).head().status());
        assertEquals("body of 3", honest.ask("abc").body());
      }
      for (Client client : silent) {
        client.close();
      }
    }
  }

  @Test
  void aBodyInPiecesReachesTheAppWhole() throws IOException {
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      client.send("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab");
      client.send("c\r\n2\r\nde\r\n0\r\n");
      client.send("\r\n");
      assertEquals("body of 5", client.answer().body());
    }
  }

  @Test
  void aBodyLargerThanIsGatheredReachesTheAppWhole() throws IOException {
    String large = "x".repeat(300_000);
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals("body of 300000", client.ask(POST + "300000\r\n\r\n" + large).body());
      assertEquals("body of 300000", client.ask(POST + "300000\r\n\r\n" + large).body());
    }
  }

  @Test
  void aClientThatWaitsForAnAnswerInTheMiddleOfItsBodyGetsIt() throws IOException {
    App early =
        request ->
            Response.stream(
                "text/plain",
                out -> {
                  out.write(request.body().read());
                  out.flush();
                  request.body().transferTo(out);
                });
    try (TestWorker worker = new TestWorker(early);
        Client client = worker.connect()) {
      client.send(POST + "3\r\nConnection: close\r\n\r\na");
      client.head();
      assertEquals("1\r\na\r\n", client.read(6));
      client.send("bc");
      assertEquals("2\r\nbc\r\n0\r\n\r\n", client.rest());
    }
  }
}
