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

/** Clients who ask for much and read nothing cost their own connections, not those of others. */
@Timeout(60)
class SlowReadersTest {

  private final AtomicInteger writing = new AtomicInteger();
  private final AtomicInteger over = new AtomicInteger();

  private final App app =
      request ->
          request.path().equals("/")
              ? Response.text("ok")
              : Response.stream(
                  "text/plain",
                  out -> {
                    writing.incrementAndGet();
                    try {
                      while (true) {
                        out.write(new byte[64 << 10]);
                      }
                    } finally {
                      over.incrementAndGet();
                    }
                  });

  @Test
  void moreOfThemThanThereAreThreadsAndStandInsMakeWayForOthers() throws IOException {
    int many = 2 * (1 + AppThreads.ASIDE) + 4;
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(2), app)) {
      List<Client> slow = new ArrayList<>();
      for (int i = 0; i < many; i++) {
        slow.add(worker.connect().send("GET /much HTTP/1.1\r\nHost: a\r\n\r\n"));
      }
      // All get their turn: those who came first are cut, long before a stall would have been.
      TestWorker.await("all have begun", () -> writing.get() == many);
      try (Client normal = worker.connect()) {
        assertEquals("ok", normal.get("/").body());
      }
      for (Client client : slow) {
        client.reset();
      }
      TestWorker.await("all are over", () -> over.get() == many);
    }
  }
}
