package examples.dmq;

import static examples.dmq.Talk.name;
import static examples.dmq.Talk.number;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import spyglass.protocol.TestClient;

/** What is not there is asked for: that costs neither memory nor a file that stays. */
final class AskingTest extends OneNode {

  private static final List<String> NONE = List.of("0:");

  /** With room for two queues, of which there could be hundreds. */
  private void small() throws Exception {
    stop();
    start(Map.of("size", "256KiB", "memory", "512KiB"));
  }

  private String http(String line) throws Exception {
    TestClient client = TestClient.connect(node);
    client.says(line + " HTTP/1.1\r\nHost: localhost\r\nDmq-Take: 1\r\nContent-Length: 0\r\n\r\n");
    return client.hears();
  }

  private void assertNothing() throws IOException, Exception {
    assertEquals(NONE, talk.ask(0x8A));
    assertEquals(NONE, talk.ask(0x8C));
    assertTrue(http("GET /stats").contains("\"size\":0,"));
    try (Stream<Path> all = Files.list(data.resolve("dmq/channels"))) {
      assertEquals(List.of(), all.toList());
    }
    stop();
    try (Stream<Path> all = Files.list(data.resolve("dmq/channels"))) {
      assertEquals(List.of(), all.toList());
    }
    start(Map.of());
    assertEquals(NONE, talk.ask(0x8A));
  }

  @Test
  void aChannelThatIsNotThereIsNotMadeByAsking() throws Exception {
    small();
    for (int i = 0; i < 100; i++) {
      assertEquals(List.of("1:"), talk.pop("no" + i));
      assertEquals(List.of("1:"), talk.pop("me@no" + i));
      assertEquals(List.of("1:"), talk.ask(0x8B, name("no" + i)));
      assertEquals(List.of("0:"), talk.ask(0x8E, name("no" + i)));
      assertEquals(List.of("0:"), talk.ask(0x83, name("no" + i)));
      assertTrue(http("GET /channels/no" + i).startsWith("HTTP/1.1 204"));
      assertTrue(http("DELETE /channels/no" + i).startsWith("HTTP/1.1 204"));
      assertTrue(http("GET /channels/no" + i + "/delivery").startsWith("HTTP/1.1 404"));
      assertTrue(http("DELETE /channels/no" + i + "/delivery").startsWith("HTTP/1.1 204"));
    }
    assertNothing();
  }

  @Test
  void aChannelThatIsOnlyConsumedGoesWithItsConsumer() throws Exception {
    small();
    Talk other = new Talk(node);
    other.ask(0x87, name("them@no0"), number(1000));
    for (int i = 0; i < 100; i++) {
      Talk passing = new Talk(node);
      assertEquals(
          List.of("0:"), passing.ask(0x87, name(i % 2 == 0 ? "no" + i : "me@no0"), number(1)));
      if (i % 3 == 0) {
        passing.ask(0x89);
      }
      passing.client().vanishes();
      TestClient stream = TestClient.connect(node);
      stream.says(
          "GET /channels/me@no" + i + "/stream HTTP/1.1\r\nHost: localhost\r\nDmq-Take: 1\r\n\r\n");
      assertTrue(stream.hears().startsWith("HTTP/1.1 200"));
      stream.vanishes();
    }
    other.client().vanishes();
    assertNothing();
  }

  @Test
  void aConsumerOfAChannelThatIsNotThereGetsWhatIsPushedAndThenStaysSubscribed() throws Exception {
    Talk other = new Talk(node);
    assertEquals(List.of("0:"), other.ask(0x87, name("me@news"), number(1000)));
    assertEquals(List.of("1:"), talk.pop("you@news"));
    talk.push("news", "one");
    assertEquals(List.of("8:one"), other.hears());
    other.client().vanishes();
    talk.push("news", "two");
    stop();
    start(Map.of());
    assertEquals(List.of("0:two"), talk.pop("me@news"));
    assertEquals(List.of("1:"), talk.pop("you@news"));
  }
}
