package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Response;

/** Accepted is finished: what a worker does between the order to stop and its end. */
@Timeout(60)
class DrainTest {

  private final CountDownLatch inside = new CountDownLatch(1);
  private final CountDownLatch gate = new CountDownLatch(1);

  private final App slow =
      request -> {
        inside.countDown();
        gate.await();
        return Response.text("done");
      };

  @Test
  void aWorkerThatNobodyUsesEndsAtOnce() throws IOException {
    try (TestWorker worker = new TestWorker(request -> Response.text("x"))) {
      TestWorker.await("ready", () -> worker.told().equals("r"));
      worker.drain();
      worker.drain();
      worker.awaitEnd();
      assertEquals("r", worker.told());
    }
  }

  @Test
  void whatIsInTheAppIsAnsweredWithConnectionCloseAndThenTheWorkerEnds() throws Exception {
    try (TestWorker worker = new TestWorker(slow);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      worker.drain();
      assertFalse(worker.hasEnded());
      gate.countDown();
      Answer answer = client.answer();
      assertEquals("done", answer.body());
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
      client.leave();
      worker.awaitEnd();
    }
  }

  /** The JVM answers a TERM that came early on a thread, which may begin when the boot is over. */
  @Test
  void anExitForATermOfOldWaitsForWhatWasAcceptedMeanwhile() throws Exception {
    Termination termination = new Termination(signal -> {});
    try (TestWorker worker = new TestWorker(slow);
        Client client = worker.connect()) {
      assertTrue(worker.listensTo(termination));
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      Thread exit = Thread.ofPlatform().name("SIGTERM handler").start(termination::exit);
      TestWorker.await("an exit", termination::isExiting);
      assertFalse(worker.listensTo(termination));
      gate.countDown();
      assertTrue(client.answer().closes() || client.atEnd());
      client.leave();
      worker.awaitEnd();
      assertTrue(exit.isAlive());
      termination.served();
      exit.join();
    }
  }

  @Test
  void anExitThatTheAppHasAskedForWaitsForNobody() throws Exception {
    Termination termination = new Termination(signal -> {});
    try (TestWorker worker = new TestWorker(request -> Response.text("still here"));
        Client client = worker.connect()) {
      assertTrue(worker.listensTo(termination));
      termination.exit();
      assertTrue(termination.isExiting());
      assertFalse(worker.hasEnded());
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      assertFalse(client.answer().closes());
    }
  }

  @Test
  void whatIsArrivingIsFinished() throws IOException {
    try (TestWorker worker = new TestWorker(request -> Response.text("whole"));
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHo");
      TestWorker.await("accepted", () -> worker.told().endsWith("("));
      worker.drain();
      client.send("st: a\r\n\r\n");
      Answer answer = client.answer();
      assertEquals("whole", answer.body());
      assertTrue(answer.closes());
    }
  }

  @Test
  void aConnectionThatWasAcceptedBeforeItsFirstByteIsStillAnswered() throws IOException {
    try (TestWorker worker = new TestWorker(request -> Response.text("whole"));
        Client client = worker.connect()) {
      TestWorker.await("accepted", () -> worker.told().endsWith("("));
      worker.drain();
      assertEquals("whole", client.get("/").body());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void anIdleConnectionIsClosedWithoutWaitingForItsTime() throws IOException {
    try (TestWorker worker = new TestWorker(request -> Response.text("x"));
        Client client = worker.connect()) {
      client.get("/");
      long begun = System.nanoTime();
      worker.drain();
      assertTrue(client.atEnd());
      client.leave();
      worker.awaitEnd();
      assertTrue(System.nanoTime() - begun < 5_000_000_000L);
    }
  }

  @Test
  void whatWasNotAcceptedStaysInTheKernelsQueueForTheNextWorker() throws Exception {
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(1), slow);
        Client first = worker.connect()) {
      first.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      worker.drain();
      try (Client second = worker.connect()) {
        gate.countDown();
        assertEquals("done", first.answer().body());
        first.leave();
        worker.awaitEnd();
        try (TestWorker next = worker.next(request -> Response.text("by the next"))) {
          assertEquals("by the next", second.get("/").body());
          assertFalse(next.hasEnded());
          second.leave();
        }
      }
    }
  }

  @Test
  void aWorkerWithoutAMasterFinishesAndEnds() throws Exception {
    try (TestWorker worker = new TestWorker(slow);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      worker.orphan();
      gate.countDown();
      assertEquals("done", client.answer().body());
      assertTrue(client.atEnd());
      client.leave();
      worker.awaitEnd();
    }
  }

  @Test
  void aRequestThatCrossesTheOrderToStopGetsAnAnswerOrACleanEndAndNoReset() throws Exception {
    int answered = 0;
    for (int i = 0; i < 40; i++) {
      try (TestWorker worker = new TestWorker(request -> Response.text("x"));
          Client client = worker.connect()) {
        client.get("/");
        Thread order = Thread.ofPlatform().start(worker::drain);
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        String rest = client.rest();
        assertTrue(rest.isEmpty() || rest.endsWith("\r\n\r\nx"), rest);
        answered += rest.isEmpty() ? 0 : 1;
        order.join();
        client.leave();
        worker.awaitEnd();
      }
    }
    assertTrue(answered > 0, "not one was answered");
  }

  @Test
  void whatWasInTheSocketsBufferWhenTheOrderCameIsAnswered() throws Exception {
    try (TestWorker worker = new TestWorker(slow);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      // Nobody reads these: the connection is the app's.
      client.send("GET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n");
      worker.drain();
      gate.countDown();
      assertFalse(client.answer().closes());
      assertFalse(client.answer().closes());
      Answer last = client.answer();
      assertEquals("done", last.body());
      assertTrue(last.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aTermWaitsForTheAppAsLongAsItTakesAsDoTwoAndAnAlarmCutsWhatIsLeft() throws Exception {
    try (TestWorker worker = new TestWorker(withHastyDrain(), slow);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      worker.term();
      // Two more beats: the loop has looked at its clock since.
      TestWorker.await("later", () -> worker.told().matches(".*\\.\\.\\."));
      worker.term();
      TestWorker.await("later still", () -> worker.told().matches(".*\\.\\.\\.\\."));
      assertFalse(worker.hasEnded());
      worker.cut();
      worker.awaitEnd();
      assertThrows(IOException.class, client::rest);
      gate.countDown();
    }
  }

  @Test
  void aWorkerThatLosesItsMasterWhileItFinishesHasALimit() throws Exception {
    try (TestWorker worker = new TestWorker(withHastyDrain(), slow);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      inside.await();
      worker.term();
      worker.orphan();
      worker.awaitEnd();
      assertThrows(IOException.class, client::rest);
      gate.countDown();
    }
  }

  private static Settings withHastyDrain() {
    Clocks hasty = TestWorker.withDrain(Duration.ofMillis(100));
    return TestWorker.settings(2, hasty, TestWorker.BOUNDS);
  }
}
