package examples.pidecho;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolLint;
import spyglass.protocol.TestClient;

final class PidEchoLintTest {

  private final long pid = ProcessHandle.current().pid();

  private static TestClient.Answer call(String said) throws Exception {
    Protocol protocol = ServiceLoader.load(Protocol.class).findFirst().orElseThrow();
    ProtocolLint.started(protocol, Map.of("max-line", "10"));
    return ProtocolLint.call(protocol, said.getBytes(UTF_8));
  }

  @Test
  void nothingIsSentBeforeSomethingIsSaid() throws Exception {
    assertEquals("", call("").text());
  }

  @Test
  void eachLineComesBackWithThePidBeforeIt() throws Exception {
    TestClient.Answer answer = call("one\r\n\u00e4\n\n");
    assertEquals(pid + " one\r\n" + pid + " \u00e4\n" + pid + " \n", answer.text());
    assertFalse(answer.closed());
  }

  @Test
  void quitClosesAndWhatComesBehindItIsNotAnswered() throws Exception {
    TestClient.Answer answer = call("one\nquit\r\ntwo\n");
    assertEquals(pid + " one\n", answer.text());
    assertTrue(answer.closed());
    assertTrue(answer.refusal().isEmpty());
  }

  @Test
  void aLineThatIsTooLongEndsTheConnection() throws Exception {
    TestClient.Answer answer = call("12345678901");
    assertEquals(pid + " A line has at most 10 bytes. Goodbye.\n", answer.text());
    assertTrue(answer.closed());
  }
}
