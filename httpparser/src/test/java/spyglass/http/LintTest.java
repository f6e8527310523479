package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.Lint.Clause;

class LintTest {

  static final Request GET = Request.of("GET", "/");
  static final Response HELLO = Response.text("hello");

  static void breaks(Clause clause, App app, Request request) {
    Lint.Violation violation =
        assertThrows(Lint.Violation.class, () -> Lint.call(app, request), clause::text);
    assertEquals(clause, violation.clause(), violation::getMessage);
    assertEquals(1, String.valueOf(violation.getMessage()).lines().count());
  }

  static void breaks(Clause clause, Response response) {
    breaks(clause, request -> response, GET);
  }

  static Response stream(Body.Writer writer) {
    return Response.stream("text/plain", writer);
  }

  static Request post(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    return Request.of("POST", "/").withBody(RequestBody.of(bytes));
  }

  /** A null where the types forbid one, as code that was compiled without NullAway may bring. */
  @SuppressWarnings("NullAway")
  static <T> T smuggled(@Nullable T nothing) {
    return nothing;
  }

  @Test
  void aGoodAppIsLeftAlone() throws Exception {
    App echo = request -> stream(out -> request.body().transferTo(out));
    Lint.Answer answer = Lint.call(echo, post("hello").withHeader("Content-Length", "5"));
    assertEquals(200, answer.status());
    assertEquals("hello", answer.text());
    assertEquals("text/plain", answer.headers().first("content-type").orElseThrow());
  }

  @Test
  void headIsAnsweredWithoutABodyAndItsWriterIsNotCalled() throws Exception {
    App app = request -> stream(out -> out.write('x')).withHeader("Content-Length", "1");
    assertEquals(0, Lint.call(app, Request.of("HEAD", "/")).body().length);
    assertEquals("x", Lint.call(app, GET).text());
  }

  @Test
  void whatAnAppThrowsPasses() {
    App fails =
        request -> {
          throw new IOException("no disk");
        };
    assertThrows(IOException.class, () -> Lint.call(fails, GET));
  }

  interface Step {
    void run() throws Exception;
  }

  static @Nullable Clause caught(Step step) {
    return assertThrows(Lint.Violation.class, step::run).clause();
  }

  static @Nullable Clause onAnotherThread(Step step) throws InterruptedException {
    AtomicReference<@Nullable Clause> clause = new AtomicReference<>();
    Thread thread = new Thread(() -> clause.set(caught(step)));
    thread.start();
    thread.join();
    return clause.get();
  }

  @Test
  void theAppOwesAWholeResponse() {
    breaks(Clause.RESPONSE_WHOLE, LintTest.<Response>smuggled(null));
    breaks(Clause.RESPONSE_WHOLE, new Response(200, Headers.NONE, smuggled(null)));
    breaks(Clause.RESPONSE_WHOLE, HELLO.withHeader("A", smuggled(null)));
    breaks(Clause.RESPONSE_WHOLE, stream(smuggled(null)));
    breaks(Clause.RESPONSE_WHOLE, new Response(200, Headers.NONE, new Body.Bytes(smuggled(null))));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101, 199, 600})
  void theAppOwesAPossibleStatus(int status) {
    breaks(Clause.STATUS, Response.of(status));
  }

  @Test
  void theAppOwesFieldsThatCannotSplitAnAnswer() {
    breaks(Clause.FIELD_NAME, HELLO.withHeader("A B", "c"));
    breaks(Clause.FIELD_VALUE, HELLO.withHeader("A", "b\r\nC: d"));
    breaks(Clause.FIELD_VALUE, HELLO.withHeader("A", "\u20ac"));
    for (String name : Reply.serversFields()) {
      breaks(Clause.SERVERS_FIELD, HELLO.withHeader(name, "x"));
    }
  }

  @Test
  void theAppMayAskForTheEndOfTheConnection() throws Exception {
    App app = request -> HELLO.withHeader("Connection", "close");
    assertEquals(200, Lint.call(app, GET).status());
  }

  @Test
  void theAppOwesTheTruthAboutLengths() {
    breaks(Clause.LENGTH_NUMBER, HELLO.withHeader("Content-Length", "five"));
    breaks(
        Clause.LENGTH_NUMBER,
        HELLO.withHeader("Content-Length", "5").withHeader("Content-Length", "5"));
    breaks(Clause.LENGTH_TRUE, HELLO.withHeader("Content-Length", "4"));
    breaks(Clause.NO_LENGTH, Response.of(204).withHeader("Content-Length", "0"));
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 205, 304})
  void theAppOwesNoBodyWhereThereCanBeNone(int status) {
    breaks(Clause.NO_BODY, HELLO.withStatus(status));
    breaks(Clause.NO_BODY, stream(out -> {}).withStatus(status));
  }

  @Test
  void theAppOwesABodyItsType() {
    breaks(Clause.CONTENT_TYPE, new Response(200, Headers.NONE, HELLO.body()));
    breaks(Clause.CONTENT_TYPE, HELLO.withHeader("content-type", "text/html"));
  }

  @Test
  void theRequestBodyIsReadByTheCallerAndInTime() throws Exception {
    AtomicReference<@Nullable Clause> clause = new AtomicReference<>();
    App delegates =
        request -> {
          clause.set(onAnotherThread(() -> request.body().read()));
          return HELLO;
        };
    Lint.call(delegates, post("hello"));
    assertEquals(Clause.BODY_THREAD, clause.get());
    AtomicReference<Request> kept = new AtomicReference<>(GET);
    App keeps =
        request -> {
          kept.set(request);
          return HELLO;
        };
    Lint.call(keeps, post("hello"));
    assertEquals(Clause.BODY_LATE, caught(() -> kept.get().body().read()));
  }

  @Test
  void theAppDoesNotHideABrokenBody() {
    RequestBody broken =
        new RequestBody() {
          @Override
          public Headers trailers() {
            return Headers.NONE;
          }

          @Override
          public int read(byte[] into, int offset, int length) throws IOException {
            throw new IOException("gone");
          }
        };
    App hides =
        request -> {
          try {
            request.body().read();
          } catch (IOException e) {
            return Response.text("never mind");
          }
          return HELLO;
        };
    breaks(Clause.BODY_BROKEN, hides, GET.withBody(broken));
  }

  @Test
  void aStreamIsAsLongAsToldAndEndsWithItsWriter() throws Exception {
    Body.Writer three = out -> out.write(new byte[3]);
    breaks(Clause.STREAM_MORE, stream(three).withHeader("Content-Length", "2"));
    breaks(Clause.STREAM_LESS, stream(three).withHeader("Content-Length", "4"));
    AtomicReference<OutputStream> kept = new AtomicReference<>(OutputStream.nullOutputStream());
    Lint.call(request -> stream(kept::set), GET);
    assertEquals(Clause.STREAM_LATE, caught(() -> kept.get().write(1)));
  }

  @Test
  void aViolationPassesAnAppsCatchAllAndNamesTheCulprit() {
    String message =
        String.valueOf(
            assertThrows(
                    Lint.Violation.class, () -> Lint.call(r -> HELLO.withHeader("A", "b\nc"), GET))
                .getMessage());
    assertTrue(message.startsWith("FIELD_VALUE: "), message);
    assertTrue(message.endsWith("Here: A: b\\u000ac"), message);
    assertFalse(Exception.class.isAssignableFrom(Lint.Violation.class));
  }
}
