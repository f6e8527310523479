package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.protocol.Lines;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolLint;

/** What a protocol may rely on, over real sockets, under supervision. */
@Timeout(60)
class ProtocolTest {

  private static final Lines LINES =
      new Lines(1 << 20, "too long\n".getBytes(StandardCharsets.UTF_8));

  private final Orders orders = new Orders();

  private TestWorker worker() throws IOException {
    return worker(TestWorker.PATIENT);
  }

  private TestWorker worker(Settings settings) throws IOException {
    return new TestWorker(settings, new ProtocolService(new ProtocolLint(orders), List.of()));
  }

  private void awaitClosed(int count) {
    TestWorker.await("handlers are told of the end", () -> orders.closed() == count);
  }

  @Test
  void linesAreAnsweredInTheirOrderHoweverTheyCome() throws IOException {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send("a\nb\nc");
      assertEquals("a\nb\n", client.read(4));
      for (char c : "d\ne".toCharArray()) {
        client.send("" + c);
      }
      assertEquals("cd\n", client.read(3));
      client.send("\n");
      assertEquals("e\n", client.read(2));
    }
    awaitClosed(1);
  }

  @Test
  void whoSaysNoMoreIsToldGoodbyeAfterAllAnswers() throws IOException {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send("a\nb\nrest").sendEnd();
      assertEquals("a\nb\ngoodbye\n", client.rest());
      awaitClosed(1);
    }
  }

  @Test
  void aMistakeIsToldInItsTurnAndThatIsTheEnd() throws IOException {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      assertEquals("a\n", client.send("a\n").read(2));
      assertEquals("bad\n", client.send("!").rest());
    }
    awaitClosed(1);
  }

  @Test
  void aMessageThatFailsCostsItsOwnConnectionAndNoOther() throws IOException {
    try (TestWorker worker = worker();
        Client other = worker.connect();
        Client client = worker.connect()) {
      client.send("fail\n");
      assertThrows(IOException.class, () -> assertEquals("a reset", client.rest()));
      other.send("still here\n");
      assertEquals("still here\n", other.read(11));
    }
    awaitClosed(2);
  }

  @Test
  void aLinkThatIsClosedSendsWhatWasWrittenAndDropsWhatWaits() throws IOException {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send("a\nclose\nb\nc\n");
      assertEquals("a\n", client.rest());
    }
    awaitClosed(1);
  }

  @Test
  void aMessageLongerThanAllowedEndsTheConnection() throws IOException {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send("x".repeat(TestWorker.BOUNDS.message()));
      assertEquals("", client.rest());
    }
    awaitClosed(1);
  }

  @Test
  void aReaderThatIsSlowIsWaitedForAndGetsEverything() throws IOException {
    try (TestWorker worker = worker();
        Client client = worker.connect();
        Client other = worker.connect()) {
      client.send("flood\n");
      other.send("quick\n");
      assertEquals("quick\n", other.read(6));
      assertEquals(200 * (64 << 10), client.read(200 * (64 << 10)).length());
      assertEquals("flood\n", client.read(6));
    }
  }

  @Test
  void moreThanCanWaitIsNotReadAndComesAllTheSame() throws IOException {
    int many = 20_000;
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      Thread.ofPlatform().daemon().start(() -> send(client, "line\n".repeat(many)));
      assertEquals("line\n".repeat(many), client.read(5 * many));
    }
  }

  private static void send(Client client, String text) {
    try {
      client.send(text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whileOneWaitsOthersAreExecutedAndTheTreeIsAwake() throws Exception {
    try (TestWorker worker = worker();
        Client waiting = worker.connect();
        Client other = worker.connect()) {
      waiting.send("wait\nafter\n");
      orders.awaitEntered();
      other.send("a\n");
      assertEquals("a\n", other.read(2));
      TestWorker.await("the tree is held awake", () -> worker.told().matches("r.*[(.]"));
      orders.release();
      assertEquals("wait\nafter\n", waiting.read(11));
    }
    awaitClosed(2);
  }

  @Test
  void anOrderToStopEndsTheInputAndFinishesWhatWasFound() throws Exception {
    try (TestWorker worker = worker();
        Client client = worker.connect()) {
      client.send("wait\n");
      orders.awaitEntered();
      client.send("heard\n");
      worker.drain();
      orders.release();
      assertEquals("wait\nheard\ngoodbye\n", client.rest());
      client.leave();
      worker.awaitEnd();
    }
    awaitClosed(1);
  }

  @Test
  void aClientThatVanishesIsForgotten() throws IOException {
    try (TestWorker worker = worker()) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Client client = worker.connect().send("a\n");
        assertEquals("a\n", client.read(2));
        clients.add(client);
      }
      for (Client client : clients) {
        client.reset();
      }
      awaitClosed(20);
      TestWorker.await("not busy", () -> worker.told().endsWith(")"));
    }
  }

  @Test
  void noMoreThanThreadsAreExecutedAtOnce() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Protocol counting =
        link ->
            (bytes, messages) ->
                LINES.each(
                    bytes,
                    line ->
                        messages.accept(at -> {
                          most.accumulateAndGet(now.incrementAndGet(), Math::max);
                          Thread.sleep(2);
                          now.decrementAndGet();
                          at.write(line.bytes());
                        }));
    try (TestWorker worker =
        new TestWorker(TestWorker.withThreads(2), new ProtocolService(counting, List.of()))) {
      List<Client> clients = new ArrayList<>();
      for (int i = 0; i < 10; i++) {
        clients.add(worker.connect().send("a\nb\nc\n"));
      }
      for (Client client : clients) {
        assertEquals("a\nb\nc\n", client.read(6));
        client.close();
      }
    }
    assertTrue(most.get() <= 2, "at once: " + most);
  }

  @Test
  void aHandlerThatFailsCostsItsOwnConnection() throws IOException {
    Protocol broken =
        link ->
            (bytes, messages) -> {
              throw new IllegalStateException("as told");
            };
    try (TestWorker worker =
            new TestWorker(TestWorker.PATIENT, new ProtocolService(broken, List.of()));
        Client client = worker.connect()) {
      client.send("a");
      assertThrows(IOException.class, () -> assertEquals("a reset", client.rest()));
    }
  }
}
