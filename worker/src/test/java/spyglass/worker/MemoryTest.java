package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Response;

/** All clients together may have only so much waiting. */
@Timeout(60)
class MemoryTest {

  private static final App APP = request -> Response.text("ok");

  private static final Executor OWN_THREAD = task -> Thread.ofPlatform().daemon().start(task);

  private static final String HALF_A_HEAD =
      "GET / HTTP/1.1\r\nHost: a\r\nX: " + "x".repeat(7 << 10);

  private static Settings settings() {
    Bounds bounds = new Bounds(240, 100, 100, 64 << 10, 1_000, 1_000, 10, 1_000);
    return TestWorker.settings(2, TestWorker.PATIENT.clocks(), bounds);
  }

  @Test
  void whenItIsFullTheNextIsRefusedWith503AndSmallRequestsAreServed() throws IOException {
    try (TestWorker worker = new TestWorker(settings(), APP)) {
      List<Client> all = new ArrayList<>();
      List<CompletableFuture<Integer>> answers = new ArrayList<>();
      for (int i = 0; i < 9; i++) {
        Client client = worker.connect().send(HALF_A_HEAD);
        all.add(client);
        answers.add(CompletableFuture.supplyAsync(() -> status(client), OWN_THREAD));
      }
      // Nine want 8 KiB each, and there are 64: one of them, whichever came last, gets an answer.
      assertEquals(
          503, CompletableFuture.anyOf(answers.toArray(new CompletableFuture<?>[0])).join());
      try (Client small = worker.connect()) {
        assertEquals(200, small.get("/").status());
      }
      for (int i = 0; i < 9; i++) {
        if (!answers.get(i).isDone()) {
          all.get(i).send("\r\n\r\n");
          assertEquals(200, answers.get(i).join());
        }
        all.get(i).close();
      }
    }
  }

  private static int status(Client client) {
    try {
      return client.answer().status();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
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
