package spyglass.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Peer;
import spyglass.http.Request;
import spyglass.http.Response;

class MiddlewareTest {

  private static final Request GET = Request.of("GET", "/");
  private static final App HELLO = request -> Response.text("hello");

  /** Answers with the id it was given. */
  private static final App TELLS =
      request -> Response.text(String.join(",", request.headers().all("x-request-id")));

  private static Lint.Answer identified(Request request) throws Exception {
    return Lint.call(new RequestId(() -> "fresh").apply(TELLS), request);
  }

  @Test
  void anIdThatCameAlongIsKeptAndTold() throws Exception {
    Lint.Answer answer = identified(GET.withHeader("X-Request-ID", "8f14e45f-ceea.4_7"));
    assertEquals("8f14e45f-ceea.4_7", answer.text());
    assertEquals(Optional.of("8f14e45f-ceea.4_7"), answer.headers().first("X-Request-Id"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "short", "with blank", "quote\"quote", "../../etc", "--option-1"})
  void anIdThatCouldDoHarmIsReplaced(String id) throws Exception {
    Lint.Answer answer = identified(GET.withHeader("X-Request-Id", id));
    assertEquals("fresh", answer.text());
    assertEquals(Optional.of("fresh"), answer.headers().first("X-Request-Id"));
  }

  @Test
  void noIdTwoIdsAndAnEndlessOneGetAFreshOne() throws Exception {
    Request one = GET.withHeader("X-Request-Id", "12345678");
    assertEquals("fresh", identified(GET).text());
    assertEquals("fresh", identified(one.withHeader("X-Request-Id", "12345678")).text());
    assertEquals("fresh", identified(GET.withHeader("X-Request-Id", "1".repeat(129))).text());
  }

  @Test
  void freshIdsDiffer() throws Exception {
    App app = new RequestId().apply(TELLS);
    String first = Lint.call(app, GET).text();
    assertTrue(first.matches("[0-9a-f]{32}"), first);
    assertNotEquals(first, Lint.call(app, GET).text());
  }

  @Test
  void everyAnswerTellsBrowsersToBeCareful() throws Exception {
    Lint.Answer answer = Lint.call(new SecurityHeaders().apply(HELLO), GET);
    assertEquals(Optional.of("nosniff"), answer.headers().first("X-Content-Type-Options"));
    assertEquals(Optional.of("DENY"), answer.headers().first("X-Frame-Options"));
    assertFalse(answer.headers().has("Strict-Transport-Security"));
  }

  @Test
  void onlyTlsIsMadeToStay() throws Exception {
    Peer here = GET.peer();
    Request secure = GET.withPeer(new Peer(here.remote(), here.local(), "https"));
    Lint.Answer answer = Lint.call(new SecurityHeaders().apply(HELLO), secure);
    assertTrue(answer.headers().has("Strict-Transport-Security"));
  }

  @Test
  void whatTheAppSaysItselfStands() throws Exception {
    App framed = request -> Response.text("hello").withHeader("x-frame-options", "SAMEORIGIN");
    SecurityHeaders other =
        new SecurityHeaders()
            .with("Referrer-Policy", "no-referrer")
            .without("X-Content-Type-Options");
    Lint.Answer answer = Lint.call(other.apply(framed), GET);
    assertEquals(1, answer.headers().all("X-Frame-Options").size());
    assertEquals(Optional.of("no-referrer"), answer.headers().first("Referrer-Policy"));
    assertFalse(answer.headers().has("X-Content-Type-Options"));
  }
}
