package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import spyglass.http.App;
import spyglass.http.Request;
import spyglass.http.Response;

/** The life of a connection: several requests on it, several of it, and clients who are odd. */
@Timeout(60)
class KeepAliveTest {

  private static final App PATH = request -> Response.text(request.path());

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  @Test
  void aConnectionServesOneRequestAfterTheOther() throws IOException {
    try (TestWorker worker = new TestWorker(PATH);
        Client client = worker.connect()) {
      for (int i = 0; i < 50; i++) {
        Answer answer = client.get("/" + i);
        assertEquals("/" + i, answer.body());
        assertFalse(answer.closes());
      }
    }
  }

  @Test
  void requestsSentWithoutWaitingAreAnsweredInTheirOrder() throws IOException {
    try (TestWorker worker = new TestWorker(PATH);
        Client client = worker.connect()) {
      StringBuilder many = new StringBuilder();
      for (int i = 0; i < 1_000; i++) {
        many.append(get("/" + i));
      }
      client.send(many.toString());
      for (int i = 0; i < 1_000; i++) {
        assertEquals("/" + i, client.answer().body());
      }
    }
  }

  @Test
  void aConnectionIsClosedWhenTheClientWishes() throws IOException {
    try (TestWorker worker = new TestWorker(PATH);
        Client client = worker.connect()) {
      Answer answer = client.ask("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
      assertTrue(answer.closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aConnectionIsClosedWhenTheAppWishes() throws IOException {
    App app = request -> Response.text("bye").withHeader("Connection", "close");
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertTrue(client.get("/").closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void anOldClientThatAsksForKeepAliveGetsIt() throws IOException {
    try (TestWorker worker = new TestWorker(PATH);
        Client client = worker.connect()) {
      String request = "GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n";
      assertEquals("keep-alive", client.ask(request).field("connection"));
      assertEquals(200, client.ask(request).status());
      assertTrue(client.ask("GET / HTTP/1.0\r\n\r\n").closes());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aClientThatSendsByteByByteIsAnsweredLikeAny() throws IOException {
    App app =
        request ->
            Response.text(new String(request.body().readAllBytes(), StandardCharsets.US_ASCII));
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      String request = "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nslow!";
      for (char c : request.repeat(2).toCharArray()) {
        client.send(String.valueOf(c));
        TestWorker.pause();
      }
      assertEquals("slow!", client.answer().body());
      assertEquals("slow!", client.answer().body());
    }
  }

  @Test
  void aClientThatSaysItWillSendNoMoreStillGetsItsAnswers() throws IOException {
    try (TestWorker worker = new TestWorker(PATH);
        Client client = worker.connect()) {
      client.send(get("/a") + get("/b")).sendEnd();
      assertEquals("/a", client.answer().body());
      assertEquals("/b", client.answer().body());
      assertTrue(client.atEnd());
    }
  }

  @Test
  void aClientThatConnectsAndLeavesHurtsNobody() throws IOException {
    try (TestWorker worker = new TestWorker(PATH)) {
      for (int i = 0; i < 20; i++) {
        worker.connect().close();
        worker.connect().reset();
        try (Client half = worker.connect()) {
          half.send("GET / HT");
        }
      }
      try (Client client = worker.connect()) {
        assertEquals(200, client.get("/").status());
      }
    }
  }

  @Test
  void aClientThatLeavesBeforeItsAnswerHurtsNobody() throws IOException {
    App app =
        request ->
            Response.stream(
                "text/plain",
                out -> {
                  for (int i = 0; i < 100; i++) {
                    out.write(new byte[64 << 10]);
                  }
                });
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(1), app)) {
      for (int i = 0; i < 5; i++) {
        try (Client client = worker.connect()) {
          client.send(get("/"));
          client.head();
          client.reset();
        }
      }
      try (Client client = worker.connect()) {
        assertEquals(100 * (64 << 10), client.get("/").body().length());
      }
    }
  }

  @Test
  void withOneThreadOneRequestIsInTheAppAndTheOthersAreServedRightAfterIt() throws IOException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    App app =
        request -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          Thread.sleep(20);
          inside.decrementAndGet();
          return Response.text("ok");
        };
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(1), app)) {
      long begun = System.nanoTime();
      all(worker, 6);
      assertEquals(1, most.get());
      // If the next one had to wait for the loop's next tick, it would be a second for each.
      assertTrue(System.nanoTime() - begun < 3_000_000_000L, "promptly");
    }
  }

  @Test
  void twoHundredConnectionsAtOnceAreServedByEightThreads() throws IOException {
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    App app =
        (Request request) -> {
          most.accumulateAndGet(inside.incrementAndGet(), Math::max);
          TestWorker.pause();
          inside.decrementAndGet();
          return Response.text("ok");
        };
    try (TestWorker worker = new TestWorker(app)) {
      all(worker, 200);
      assertTrue(most.get() <= 8, most::toString);
    }
  }

  /** Connects so many clients, has each send a request, then another, then reads the answers. */
  private static void all(TestWorker worker, int count) throws IOException {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < count; i++) {
        clients.add(worker.connect().send(get("/")));
      }
      for (Client client : clients) {
        assertEquals("ok", client.answer().body());
      }
      for (Client client : clients) {
        client.send(get("/"));
      }
      for (Client client : clients) {
        assertEquals("ok", client.answer().body());
      }
    } finally {
      for (Client client : clients) {
        client.close();
      }
    }
  }
}
