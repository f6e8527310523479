package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static spyglass.http.LintTest.GET;
import static spyglass.http.LintTest.HELLO;
import static spyglass.http.LintTest.caught;
import static spyglass.http.LintTest.onAnotherThread;
import static spyglass.http.LintTest.post;
import static spyglass.http.LintTest.smuggled;
import static spyglass.http.LintTest.stream;

import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.Lint.Clause;

/** The half of the contract that binds the server. */
class LintServerTest {

  private static void breaks(Clause clause, Request request) {
    LintTest.breaks(clause, got -> HELLO, request);
  }

  @Test
  void theServerOwesAWholeRequest() {
    breaks(Clause.REQUEST_WHOLE, LintTest.<Request>smuggled(null));
    breaks(Clause.REQUEST_WHOLE, GET.withBody(smuggled(null)));
    breaks(Clause.METHOD, Request.of("G T", "/"));
    breaks(Clause.TARGET, Request.of("GET", ""));
    breaks(Clause.TARGET, Request.of("GET", "/a\tb"));
    breaks(Clause.VERSION, new Request("GET", "/", "HTTP/2", GET.headers(), GET.body()));
    breaks(Clause.REQUEST_FIELD, GET.withHeader("A:", "b"));
    breaks(Clause.REQUEST_FIELD, GET.withHeader("A", "b\n"));
    breaks(Clause.REQUEST_FIELD, GET.withHeader("A", " b"));
    breaks(Clause.HOST, GET.withHeader("host", "other"));
    breaks(Clause.HOST, new Request("GET", "/", "HTTP/1.1", Headers.NONE, GET.body()));
    breaks(Clause.AUTHORITY, GET.setHeader("Host", "a b"));
    breaks(Clause.ONE_LENGTH, GET.withHeader("Content-Length", "+1"));
    Request both = GET.withHeader("Content-Length", "1").withHeader("Transfer-Encoding", "chunked");
    breaks(Clause.ONE_LENGTH, both);
  }

  @Test
  void anHttp10RequestNeedsNoHost() throws Exception {
    Request old = new Request("GET", "/", "HTTP/1.0", Headers.NONE, GET.body());
    assertEquals("hello", Lint.call(request -> HELLO, old).text());
  }

  @ParameterizedTest
  @CsvSource({"4", "6"})
  void theServerOwesTheBytesItPromised(String length) {
    App reads = request -> Response.text(request.body().readAllBytes().length + "");
    LintTest.breaks(Clause.BODY_TRUE, reads, post("hello").withHeader("Content-Length", length));
  }

  @Test
  void theServerOwesBytesOrAnEnd() {
    RequestBody stuck =
        new RequestBody() {
          @Override
          public Headers trailers() {
            return Headers.NONE;
          }

          @Override
          public int read(byte[] into, int offset, int length) {
            return 0;
          }
        };
    LintTest.breaks(
        Clause.BODY_READ, r -> Response.text("" + r.body().read()), GET.withBody(stuck));
  }

  @Test
  void theServerCallsAWriterOnceAndOnItsOwnThreadAndNotForHead() throws Exception {
    App app = new Lint(request -> stream(out -> out.write('x')));
    Body.Writer once = writer(app.call(GET));
    once.writeTo(new ByteArrayOutputStream());
    assertEquals(Clause.WRITER_ONCE, caught(() -> once.writeTo(new ByteArrayOutputStream())));
    Body.Writer elsewhere = writer(app.call(GET));
    assertEquals(
        Clause.WRITER_THREAD,
        onAnotherThread(() -> elsewhere.writeTo(new ByteArrayOutputStream())));
    Body.Writer head = writer(app.call(Request.of("HEAD", "/")));
    assertEquals(Clause.WRITER_IDLE, caught(() -> head.writeTo(new ByteArrayOutputStream())));
  }

  private static Body.Writer writer(Response response) {
    return assertInstanceOf(Body.Stream.class, response.body()).writer();
  }
}
