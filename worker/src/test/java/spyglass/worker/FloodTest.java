package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;
import spyglass.http.App;
import spyglass.http.Response;

/** Clients who come and go without a word: nothing of them may stay, and none is a visit. */
@Timeout(120)
@Isolated("it counts the descriptors of this process")
class FloodTest {

  private static final App APP = request -> Response.text("here");
  private static final int MANY = 1_000;

  private static long descriptors() {
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      return open.count();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void thousandsWhoSayNothingLeaveNothingBehindAndAreNoVisits() throws IOException {
    try (TestWorker worker = new TestWorker(hasty(), APP)) {
      warmUp(worker);
      TestWorker.await("quiet", () -> worker.told().endsWith(")"));
      String visits = worker.told().replaceAll("[^)]", "");
      long descriptors = descriptors();
      int threads = Thread.activeCount();
      for (int i = 0; i < MANY; i++) {
        worker.connect().close();
        worker.connect().reset();
      }
      List<Client> silent = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        silent.add(worker.connect());
      }
      for (Client client : silent) {
        assertEquals("", client.rest());
        client.close();
      }
      TestWorker.await("all descriptors back", () -> descriptors() <= descriptors);
      TestWorker.await("all threads back", () -> Thread.activeCount() <= threads);
      TestWorker.await("quiet", () -> worker.told().matches(".*[),]"));
      assertEquals(visits, worker.told().replaceAll("[^)]", ""), "they were no visits");
      assertFalse(worker.hasEnded());
      warmUp(worker);
    }
  }

  private static void warmUp(TestWorker worker) throws IOException {
    try (Client client = worker.connect()) {
      assertEquals("here", client.get("/").body());
    }
  }

  private static Settings hasty() {
    Clocks clocks = TestWorker.withFirstByte(Duration.ofMillis(300));
    return TestWorker.settings(2, clocks, TestWorker.BOUNDS);
  }
}
