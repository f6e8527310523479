package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static spyglass.worker.UpgradeApp.ASK;
import static spyglass.worker.UpgradeApp.ECHO;
import static spyglass.worker.UpgradeApp.answering;
import static spyglass.worker.UpgradeApp.worker;
import static spyglass.worker.UpgradeApp.write;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.RawConnection;
import spyglass.http.Upgrade;

/** The end of HTTP on a connection, and what comes after it. */
@Timeout(60)
class UpgradeTest {

  @Test
  void theClientIsToldAndFromThenOnBytesAreBytes() throws IOException {
    try (TestWorker worker = worker(ECHO);
        Client client = worker.connect()) {
      Answer answer = client.send(ASK).head();
      assertEquals(101, answer.status());
      assertEquals("Upgrade", answer.field("connection"));
      assertEquals("echo/1", answer.field("upgrade"));
      assertEquals("hello", answer.field("x-greeting"));
      assertEquals("", answer.field("content-length"));
      for (String said : List.of("a", "GET / HTTP/1.1\r\n\r\n", "\0\u00ff")) {
        assertEquals(said, client.send(said).read(said.length()));
      }
      client.sendEnd();
      assertEquals("bye", client.rest());
    }
  }

  @Test
  void whatStandsBehindTheRequestBelongsToTheNewProtocol() throws IOException {
    try (TestWorker worker = worker(ECHO);
        Client client = worker.connect()) {
      String behind = "GET /http HTTP/1.1\r\nHost: a\r\n\r\n" + "x".repeat(3000);
      client.send("GET /first HTTP/1.1\r\nHost: a\r\n\r\n" + ASK + behind);
      assertEquals("/first", client.answer().body());
      assertEquals(101, client.head().status());
      assertEquals(behind, client.read(behind.length()));
    }
  }

  @Test
  void anOpenUpgradeIsBusyUntilItIsClosed() throws IOException {
    try (TestWorker worker = worker(ECHO);
        Client client = worker.connect()) {
      assertEquals(101, client.send(ASK).head().status());
      // Silent for two beats: a second each.
      TestWorker.await("busy", () -> worker.told().endsWith(".."));
      assertEquals("x", client.send("x").read(1));
      client.leave();
      TestWorker.await("idle", () -> worker.told().endsWith(")"));
    }
  }

  @Test
  void anOrderToStopEndsTheInputSoThatTheHandlerCanSayGoodbye() throws IOException {
    try (TestWorker worker = worker(ECHO);
        Client client = worker.connect()) {
      assertEquals(101, client.send(ASK).head().status());
      assertEquals("x", client.send("x").read(1));
      worker.drain();
      assertEquals("bye", client.rest());
      client.leave();
      worker.awaitEnd();
    }
  }

  @Test
  void aHundredSilentUpgradesLeaveBothThreadsToTheRequests() throws IOException {
    List<Client> silent = new ArrayList<>();
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(2), answering(ECHO));
        Client client = worker.connect()) {
      for (int i = 0; i < 100; i++) {
        Client one = worker.connect();
        silent.add(one);
        assertEquals(101, one.send(ASK).head().status());
      }
      for (int i = 0; i < 20; i++) {
        assertEquals("/" + i, client.get("/" + i).body());
      }
      for (Client one : silent) {
        assertEquals("still there", one.send("still there").read(11));
        one.leave();
      }
    } finally {
      for (Client one : silent) {
        one.close();
      }
    }
  }

  @Test
  void oneThreadMayWaitForTheClientWhileAnotherWritesMoreThanItTakesAtOnce() throws Exception {
    int size = 8 << 20;
    Upgrade both =
        connection -> {
          Thread writer =
              Thread.ofVirtual()
                  .start(() -> {
                    try {
                      write(connection, "x".repeat(size));
                    } catch (IOException e) {
                      throw new IllegalStateException(e);
                    }
                  });
          int got = connection.in().read();
          writer.join();
          write(connection, "got " + (char) got);
        };
    try (TestWorker worker = worker(both);
        Client client = worker.connect()) {
      assertEquals(101, client.send(ASK).head().status());
      assertEquals(size / 2, client.read(size / 2).length());
      client.send("y");
      assertEquals(size / 2, client.read(size / 2).length());
      assertEquals("got y", client.rest());
    }
  }

  @Test
  void aHandlerThatFailsResetsTheConnectionAndNoOther() throws IOException {
    Upgrade fails =
        connection -> {
          connection.in().read();
          throw new IllegalStateException("asked to");
        };
    try (TestWorker worker = worker(fails);
        Client client = worker.connect();
        Client other = worker.connect()) {
      assertEquals(101, client.send(ASK).head().status());
      client.send("x");
      assertThrows(IOException.class, client::rest);
      assertEquals("/", other.get("/").body());
    }
  }

  @Test
  void whatWasCollectedIsSentWhenTheHandlerReturnsAndThenTheStreamsAreOfNoUse() throws Exception {
    LinkedBlockingQueue<RawConnection> kept = new LinkedBlockingQueue<>();
    CountDownLatch reading = new CountDownLatch(1);
    LinkedBlockingQueue<Integer> read = new LinkedBlockingQueue<>();
    Upgrade leaves =
        connection -> {
          kept.add(connection);
          Thread.ofVirtual().start(() -> read.add(readOne(connection.in(), reading)));
          reading.await();
          connection.out().write(new byte[] {'b', 'y', 'e'});
        };
    try (TestWorker worker = worker(leaves);
        Client client = worker.connect()) {
      assertEquals(101, client.send(ASK).head().status());
      assertEquals("bye", client.rest());
      assertEquals(-1, read.poll(10, TimeUnit.SECONDS), "a thread that was left waiting is woken");
      RawConnection connection = kept.take();
      assertEquals(-1, connection.in().read());
      assertThrows(IOException.class, () -> write(connection, "more"));
    }
  }

  private static int readOne(InputStream in, CountDownLatch reading) {
    reading.countDown();
    try {
      return in.read();
    } catch (IOException e) {
      return -2;
    }
  }

  @Test
  void theHandlerRunsOnAVirtualThreadAndKnowsItsPeer() throws Exception {
    Upgrade tells =
        connection ->
            write(connection, Thread.currentThread().isVirtual() + " " + connection.peer().host());
    try (TestWorker worker = worker(tells);
        Client client = worker.connect()) {
      assertEquals(101, client.send(ASK).head().status());
      assertEquals("true 127.0.0.1", client.rest());
      assertFalse(worker.hasEnded());
    }
  }
}
