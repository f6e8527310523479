package examples.echo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolLint;
import spyglass.protocol.TestClient;

final class EchoLintTest {

  private final Protocol echo = ServiceLoader.load(Protocol.class).findFirst().orElseThrow();

  @BeforeEach
  void start() throws Exception {
    ProtocolLint.started(echo, Map.of());
  }

  @Test
  void everyByteThereIsComesBack() throws Exception {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    assertArrayEquals(all, ProtocolLint.call(echo, all).bytes());
  }

  @Test
  void nothingIsAnsweredWithNothing() throws Exception {
    assertEquals("", ProtocolLint.call(echo, new byte[0]).text());
  }

  @Test
  void whatHasComeIsNotKeptUntilMoreComes() throws Exception {
    TestClient client = TestClient.connect(echo);
    assertEquals("no line end", client.says("no line end").hears());
    assertEquals("!", client.says("!").hears());
  }
}
