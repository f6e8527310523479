package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static spyglass.http.LintTest.GET;
import static spyglass.http.LintTest.HELLO;
import static spyglass.http.LintTest.breaks;
import static spyglass.http.LintTest.caught;
import static spyglass.http.LintTest.onAnotherThread;
import static spyglass.http.LintTest.smuggled;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.Lint.Clause;

/** The clauses about what is not an answer: another protocol, and hints before the answer. */
class LintUpgradeTest {

  private static final Request ASKING =
      GET.withHeader("Connection", "upgrade").withHeader("Upgrade", "echo, irc/6.9");

  private static final Upgrade GREETS = connection -> connection.out().write('x');

  @Test
  void anUpgradeThatWasOfferedIsLeftAloneAndItsWordsAreTheAnswersBody() throws Exception {
    Lint.Answer answer = Lint.call(request -> Response.upgrade("ECHO", GREETS), ASKING);
    assertEquals(101, answer.status());
    assertEquals("x", answer.text());
    assertEquals(101, Lint.call(r -> Response.upgrade("irc/6.9", GREETS), ASKING).status());
  }

  @ParameterizedTest
  @CsvSource({
    "echo,    Connection,        close",
    "echo,    Content-Length,    3",
    "echo,    Transfer-Encoding, chunked",
    "irc,     A,                 b",
    "'a b',   Upgrade,           a b",
    "'',      Upgrade,           ''",
    "a/b/c,   Upgrade,           a/b/c"
  })
  void theAppUpgradesToWhatWasOffered(String protocol, String name, String value) {
    Request request = ASKING.setHeader(name, value);
    assertFalse(Switching.isProtocol(protocol) && request.offersUpgrade(protocol));
    breaks(Clause.UPGRADE_OFFERED, got -> Response.upgrade(protocol, GREETS), request);
  }

  @Test
  void anOldClientOffersNothing() {
    Request old = new Request("GET", "/", "HTTP/1.0", ASKING.headers(), ASKING.body());
    assertTrue(ASKING.offersUpgrade("irc/6.9"));
    assertFalse(old.offersUpgrade("irc/6.9"));
    breaks(Clause.UPGRADE_OFFERED, got -> Response.upgrade("echo", GREETS), old);
  }

  @Test
  void anUpgradeIs101AndWholeAndHasNoLength() {
    Response upgrade = Response.upgrade("echo", GREETS);
    breaks(Clause.STATUS, got -> upgrade.withStatus(200), ASKING);
    breaks(Clause.STATUS, got -> HELLO.withStatus(101), ASKING);
    breaks(Clause.NO_LENGTH, got -> upgrade.withHeader("Content-Length", "0"), ASKING);
    breaks(Clause.RESPONSE_WHOLE, got -> Response.upgrade(smuggled(null), GREETS), ASKING);
    breaks(Clause.RESPONSE_WHOLE, got -> Response.upgrade("echo", smuggled(null)), ASKING);
  }

  @Test
  void onlyA426NamesWhatItDemands() throws Exception {
    Response demands = Response.text(426, "no").withHeader("Upgrade", "echo");
    assertEquals(426, Lint.call(got -> demands, GET).status());
    breaks(Clause.SERVERS_FIELD, demands.withStatus(400));
  }

  @Test
  void theServerCallsAHandlerOnceAndTheHandlerLetsGoInTime() throws Exception {
    AtomicReference<@Nullable RawConnection> kept = new AtomicReference<>();
    App app = new Lint(request -> Response.upgrade("echo", kept::set));
    Upgrade handler = assertInstanceOf(Body.Upgraded.class, app.call(ASKING).body()).handler();
    RawConnection raw =
        new RawConnection(
            InputStream.nullInputStream(), OutputStream.nullOutputStream(), Peer.loopback());
    handler.run(raw);
    assertEquals(Clause.UPGRADE_ONCE, caught(() -> handler.run(raw)));
    RawConnection late = assertInstanceOf(RawConnection.class, kept.get());
    assertEquals(Clause.UPGRADE_LATE, caught(() -> late.in().read()));
    assertEquals(Clause.UPGRADE_LATE, caught(() -> late.out().write(1)));
    late.out().flush();
  }

  @Test
  void goodHintsGoWhereTheRequestSays() throws Exception {
    List<Headers> hints = new ArrayList<>();
    Headers link = Headers.of("Link", "</style.css>; rel=preload");
    App app =
        request -> {
          request.earlyHints(link);
          return HELLO;
        };
    Lint.call(app, GET.withHints(hints::add));
    assertEquals(List.of(link), hints);
    assertEquals(200, app.call(GET).status());
  }

  @ParameterizedTest
  @CsvSource({
    "HINTS_FIELD,   Content-Length,    3",
    "HINTS_FIELD,   Connection,        close",
    "SERVERS_FIELD, Transfer-Encoding, chunked",
    "FIELD_NAME,    'A B',             c",
    "FIELD_VALUE,   Link,              'a\r\nb: c'"
  })
  void hintsAreFieldsThatTheAnswerMayHave(Clause clause, String name, String value) {
    App app =
        request -> {
          request.earlyHints(Headers.of(name, value));
          return HELLO;
        };
    breaks(clause, app, GET);
  }

  @Test
  void hintsAreGivenByTheCallerAndInTime() throws Exception {
    AtomicReference<Request> kept = new AtomicReference<>(GET);
    AtomicReference<@Nullable Clause> elsewhere = new AtomicReference<>();
    App app =
        request -> {
          kept.set(request);
          elsewhere.set(onAnotherThread(() -> request.earlyHints(Headers.NONE)));
          return HELLO;
        };
    Lint.call(app, GET);
    assertEquals(Clause.HINTS_LATE, elsewhere.get());
    assertEquals(Clause.HINTS_LATE, caught(() -> kept.get().earlyHints(Headers.NONE)));
  }
}
