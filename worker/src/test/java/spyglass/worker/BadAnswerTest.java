package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Body;
import spyglass.http.Response;

/** What a client gets to see of an app that fails, or answers what cannot be sent. */
@Timeout(60)
class BadAnswerTest {

  private static final String OLD = "GET / HTTP/1.0\r\n\r\n";

  private static String head(String path) {
    return "HEAD " + path + " HTTP/1.1\r\nHost: a\r\n\r\n";
  }

  private static Response stream(Body.Writer writer) {
    return Response.stream("text/plain", writer);
  }

  private static Response sized(String length, Body.Writer writer) {
    return stream(writer).withHeader("Content-Length", length);
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "error", "null", "stack", "early"})
  void anAppThatFailsBeforeItSaidAnythingIsAnsweredForWith500(String how) throws IOException {
    App app =
        request ->
            switch (request.path()) {
              case "/exception" -> throw new IOException("asked to");
              case "/error" -> throw new AssertionError("asked to");
              case "/stack" -> throw new StackOverflowError();
              case "/early" ->
                  stream(out -> {
                    write(out, "collected, not sent");
                    throw new IllegalStateException("asked to");
                  });
              default -> nothing();
            };
    try (TestWorker worker = new TestWorker(app)) {
      try (Client client = worker.connect()) {
        Answer answer = client.get("/" + how);
        assertEquals(500, answer.status());
        assertFalse(answer.body().contains("asked to"), "what went wrong is not the client's");
        assertTrue(answer.closes());
        assertTrue(client.atEnd());
      }
    }
  }

  @SuppressWarnings("NullAway") // what an app may do that was compiled without our checks
  private static Response nothing() {
    return null;
  }

  @Test
  void theServersOwnAnswersToHeadHaveNoBodyEither() throws IOException {
    App app =
        request -> {
          throw new IllegalStateException("asked to");
        };
    try (TestWorker worker = new TestWorker(app)) {
      try (Client client = worker.connect()) {
        assertEquals(500, client.send(head("/")).head().status());
        assertTrue(client.atEnd());
      }
      try (Client client = worker.connect()) {
        client.send("HEAD / HTTP/1.1\r\nHost: a\r\nExpect: x\r\n\r\n");
        assertEquals(417, client.head().status());
        assertTrue(client.atEnd());
      }
      try (Client client = worker.connect()) {
        client.send("\r\nHEAD / HTTP/1.1\r\n\r\n");
        assertEquals(400, client.head().status());
        assertTrue(client.atEnd(), "the empty line before it makes it no other method");
      }
    }
  }

  @Test
  void anAppThatFailsMidwayLeavesAnAnswerThatNobodyTakesForWhole() throws IOException {
    App app =
        request ->
            stream(out -> {
              write(out, "the beginning");
              out.flush();
              throw new IllegalStateException("asked to");
            });
    try (TestWorker worker = new TestWorker(app)) {
      try (Client client = worker.connect()) {
        assertThrows(IOException.class, () -> client.get("/"), "no last chunk");
      }
      try (Client client = worker.connect()) {
        // An HTTP/1.0 client has only this to go by: a reset instead of an orderly end.
        assertThrows(IOException.class, () -> client.ask(OLD));
      }
    }
  }

  @Test
  void anAnswerShorterThanItsContentLengthIsCut() throws IOException {
    App app = request -> sized("10", out -> write(out, "short"));
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertThrows(IOException.class, () -> client.get("/"));
    }
  }

  @Test
  void whatGoesBeyondTheContentLengthIsNotSentAndTheConnectionEnds() throws IOException {
    App app = request -> sized("5", out -> write(out, "fifteen, it was"));
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals("fifte", client.get("/").body());
      assertTrue(client.atEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\r\nSet-Cookie: b", "a\nb", "a\rb", "a\r\n\r\n<html>", "a\0b", "a\u0100b"})
  void anAppThatPutsALineEndIntoAFieldIsAnsweredForWith500(String value) throws IOException {
    App app = request -> Response.text("x").withHeader("Location", value);
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      Answer answer = client.get("/");
      assertEquals(500, answer.status());
      assertEquals("", answer.field("set-cookie"));
      assertTrue(client.atEnd());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "x", "-1", "1, 1"})
  void bytesBesideAContentLengthThatIsNotTheirsAre500(String length) throws IOException {
    App app = request -> Response.text("four").withHeader("Content-Length", length);
    try (TestWorker worker = new TestWorker(app);
        Client client = worker.connect()) {
      assertEquals(500, client.get("/").status());
    }
  }
}
