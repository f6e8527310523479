package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Body;
import spyglass.http.Response;

/** How an app's answer gets to the client; {@link BadAnswerTest} has those that are none. */
@Timeout(60)
class AnswerTest {

  private static final String OLD = "GET / HTTP/1.0\r\n\r\n";

  private static String head(String path) {
    return "HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static Response stream(Body.Writer writer) {
    return Response.stream("text/plain", writer);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void headGetsTheFieldsOfGetAndNoBody() throws IOException {
    try (TestWorker worker = new TestWorker(request -> Response.text("twelve bytes"));
        Client client = worker.connect()) {
      for (int i = 0; i < 3; i++) {
        assertEquals("12", client.send(head("/")).head().field("content-length"));
      }
      assertEquals("twelve bytes", client.get("/").body());
    }
  }

  @Test
  void headOfAStreamDoesNotRunTheStream() throws IOException {
    App app =
        request ->
            stream(out -> {
              throw new IllegalStateException("nobody wants this");
            });
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals("chunked", client.send(head("/")).head().field("transfer-encoding"));
      assertEquals(200, client.send(head("/")).head().status());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 304})
  void aStatusWithoutABodyEndsWithItsHead(int status) throws IOException {
    App app = request -> Response.text("too much").withStatus(status);
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals(status, client.get("/").status());
      assertEquals(status, client.get("/").status());
    }
  }

  @Test
  void aStreamIsSentInChunksAndTheConnectionGoesOn() throws IOException {
    App app =
        request ->
            stream(out -> {
              write(out, "one ");
              out.flush();
              out.write(new byte[0]);
              out.flush();
              write(out, "two ");
              write(out, "three");
            });
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      for (int i = 0; i < 3; i++) {
        Answer answer = client.get("/");
        assertEquals("chunked", answer.field("transfer-encoding"));
        assertEquals("one two three", answer.body());
      }
    }
  }

  @Test
  void anEmptyStreamIsAWholeAnswer() throws IOException {
    try (TestWorker worker = new TestWorker(request -> stream(out -> {}));
        Client client = worker.connect()) {
      assertEquals("", client.get("/").body());
      assertEquals("", client.get("/").body());
    }
  }

  @Test
  void aStreamToAnOldClientEndsWithTheConnection() throws IOException {
    try (TestWorker worker = new TestWorker(request -> stream(out -> write(out, "all of it")));
        Client client = worker.connect()) {
      Answer answer = client.ask(OLD);
      assertEquals("", answer.field("transfer-encoding"));
      assertEquals("", answer.field("content-length"));
      assertTrue(answer.closes());
      assertEquals("all of it", answer.body());
    }
  }

  @Test
  void whatIsFlushedArrivesBeforeTheRestIsWritten() throws IOException {
    CountDownLatch seen = new CountDownLatch(1);
    App app =
        request ->
            stream(out -> {
              write(out, "first");
              out.flush();
              seen.await();
              write(out, "second");
            });
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n").head();
      assertEquals("5\r\nfirst\r\n", client.read(10));
      seen.countDown();
      assertEquals("6\r\nsecond\r\n0\r\n\r\n", client.read(16));
    }
  }

  @Test
  void aLargeAnswerArrivesWholeAtAClientThatIsSlowToRead() throws IOException {
    App app = request -> stream(out -> out.write(new byte[5_000_000]));
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(2), app);
        Client slow = worker.connect();
        Client other = worker.connect()) {
      slow.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
      // The other one reads all of its answer while nobody reads the first one's.
      assertEquals(5_000_000, other.get("/").body().length());
      assertEquals(5_000_000, slow.answer().body().length());
    }
  }

  @Test
  void manyWhoDoNotReadTheirAnswersLeaveThreadsForThoseWhoDo() throws IOException {
    App app =
        request ->
            request.path().equals("/quick")
                ? Response.text("quick")
                : Response.stream("text/plain", out -> out.write(new byte[32 << 20]));
    List<Client> deaf = new ArrayList<>();
    try (TestWorker worker = new TestWorker(TestWorker.withThreads(4), app)) {
      for (int i = 0; i < 12; i++) {
        Client client = worker.connect();
        client.send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        client.head();
        deaf.add(client);
      }
      try (Client quick = worker.connect()) {
        assertEquals("quick", quick.get("/quick").body());
      }
      for (Client client : deaf) {
        client.close();
      }
    }
  }
}
