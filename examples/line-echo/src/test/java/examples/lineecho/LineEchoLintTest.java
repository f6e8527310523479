package examples.lineecho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolLint;
import spyglass.protocol.TestClient;

final class LineEchoLintTest {

  private static Protocol lineEcho(Map<String, String> options) throws Exception {
    Protocol protocol = ServiceLoader.load(Protocol.class).findFirst().orElseThrow();
    return ProtocolLint.started(protocol, options);
  }

  private static TestClient.Answer call(String said) throws Exception {
    return ProtocolLint.call(lineEcho(Map.of("max-line", "5")), said.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "one\ntwo\r\n\n", "\r\r\n", "12345\r\n", "\u00e4\u00f6\n"})
  void linesComeBackWithTheEndsTheyHad(String lines) throws Exception {
    assertEquals(lines, call(lines).text());
  }

  @Test
  void nothingComesBackBeforeEnterIsPressed() throws Exception {
    TestClient client = TestClient.connect(lineEcho(Map.of()));
    assertEquals("", client.says("hel").hears());
    assertEquals("", client.says("lo\r").hears());
    assertEquals("hello\r\n", client.says("\n").hears());
    assertFalse(client.isClosed());
  }

  @Test
  void aLineThatIsNeverEndedIsLost() throws Exception {
    assertEquals("one\n", call("one\ntwo").text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"123456", "12345\r6", "123456\n", "12345\r\r\n"})
  void aLineThatIsTooLongEndsTheConnectionAfterThoseBeforeIt(String tooLong) throws Exception {
    TestClient.Answer answer = call("one\n" + tooLong + " two\n");
    assertEquals("one\nA line has at most 5 bytes. Goodbye.\n", answer.text());
    assertEquals(Optional.of("a line of more than 5 bytes"), answer.refusal());
    assertTrue(answer.closed());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "8KiB", "", "99999999999"})
  void whatIsNoLengthOfALineIsRefusedInOneLine(String value) {
    var mistake =
        assertThrows(IllegalArgumentException.class, () -> lineEcho(Map.of("max-line", value)));
    assertEquals(
        "option max-line is '" + value + "': say a number from 1 to 1048576", mistake.getMessage());
  }
}
