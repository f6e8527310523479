package examples.websocket;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.BadRequest;
import spyglass.http.Lint;
import spyglass.http.Request;

final class WebsocketLintTest {

  /** The handshake of RFC 6455 section 1.3. */
  private static final Request HANDSHAKE =
      Request.of("GET", "/echo")
          .withHeader("Connection", "keep-alive, Upgrade")
          .withHeader("Upgrade", "websocket")
          .withHeader("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")
          .withHeader("Sec-WebSocket-Version", "13");

  private final App app = ServiceLoader.load(App.class).findFirst().orElseThrow();

  @Test
  void thePageIsWholeByItself() throws Exception {
    Lint.Answer page = Lint.call(app, Request.of("GET", "/"));

    assertEquals(200, page.status());
    assertTrue(page.text().contains("new WebSocket("));
    assertEquals(0, page.text().split("(src|href)=\"[^d]", -1).length - 1, "what it would load");
    assertEquals(404, Lint.call(app, Request.of("GET", "/else")).status());
    assertEquals(405, Lint.call(app, Request.of("POST", "/")).status());
  }

  @Test
  void theKeyIsAnsweredAsTheStandardSaysAndAClientThatSaysNothingIsToldThatWeGo() throws Exception {
    Lint.Answer answer = Lint.call(app, HANDSHAKE);

    assertEquals(101, answer.status());
    assertEquals(
        Optional.of("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="),
        answer.headers().first("Sec-WebSocket-Accept"));
    assertArrayEquals(new byte[] {(byte) 0x88, 2, 0x03, (byte) 0xe9}, answer.body());
  }

  @ParameterizedTest
  @CsvSource({"Upgrade, other", "Connection, keep-alive", "Sec-WebSocket-Version, 8"})
  void whoeverComesWithoutAnUpgradeOrWithAnotherVersionIsToldWhatIsSpoken(String name, String value)
      throws Exception {
    Lint.Answer answer = Lint.call(app, HANDSHAKE.setHeader(name, value));

    assertEquals(426, answer.status());
    assertEquals(Optional.of("websocket"), answer.headers().first("Upgrade"));
    boolean version = name.equals("Sec-WebSocket-Version");
    assertEquals(
        version ? Optional.of("13") : Optional.empty(),
        answer.headers().first("Sec-WebSocket-Version"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "dGhlIHNhbXBsZSBub25jZQ",
        "dGhlIHNhbXBsZSBub25j",
        "dGhlIHNhbXBsZSBub25jZ!=="
      })
  void aKeyThatIsNot16BytesIsTheClientsMistake(String key) {
    Request request = HANDSHAKE.setHeader("Sec-WebSocket-Key", key);

    assertEquals(400, assertThrows(BadRequest.class, () -> Lint.call(app, request)).status());
  }

  @Test
  void aWebSocketBeginsWithGet() throws Exception {
    assertEquals(405, Lint.call(app, Request.of("POST", "/echo")).status());
  }
}
