package examples.pubsub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolLint;
import spyglass.protocol.TestClient;

final class PubSubLintTest {

  private final PubSub pubsub =
      (PubSub) ServiceLoader.load(Protocol.class).findFirst().orElseThrow();

  @BeforeEach
  void start() throws Exception {
    ProtocolLint.started(pubsub, Map.of("max-subscriptions", "2", "max-line", "100"));
  }

  private TestClient client(String says) throws Exception {
    TestClient client = TestClient.connect(pubsub).says(says);
    client.hears();
    return client;
  }

  @Test
  void subscribersHearWhatIsPublishedAndPublishersHowManyGotIt() throws Exception {
    TestClient one = client("SUB news\n");
    TestClient two = client("sub news\r\nSUB a/b.c_d-9\n");
    TestClient three = client("");
    assertEquals(
        "OK 2\nOK 1\nOK 0\n",
        three.says("PUB news It rains\nPUB a/b.c_d-9  x \nPUB none z\n").hears());
    assertEquals("MSG news It rains\n", one.hears());
    assertEquals("MSG news It rains\nMSG a/b.c_d-9  x \n", two.hears());
    assertEquals("", three.hears());
  }

  @Test
  void whoPublishesWhereHeIsSubscribedHearsHimself() throws Exception {
    String said = "SUB a\nSUB a\nPUB a me\nUNSUB a\nPUB a me\nUNSUB a\nQUIT\nPUB a me\n";
    TestClient.Answer answer = ProtocolLint.call(pubsub, said.getBytes(ISO_8859_1));
    assertEquals("OK\nOK\nMSG a me\nOK 1\nOK\nOK 0\nERR no such subscription\nOK\n", answer.text());
    assertTrue(answer.closed());
    assertEquals(0, pubsub.topics());
  }

  @Test
  void aTextIsBytesAndArrivesAsItWasSent() throws Exception {
    byte[] said = {'S', 'U', 'B', ' ', 'a', '\n', 'P', 'U', 'B', ' ', 'a', ' ', -1, 0, -61, '\n'};
    byte[] heard = {
      'O', 'K', '\n', 'M', 'S', 'G', ' ', 'a', ' ', -1, 0, -61, '\n', 'O', 'K', ' ', '1', '\n'
    };
    assertArrayEquals(heard, ProtocolLint.call(pubsub, said).bytes());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "SUB",
        "SUB ",
        "SUB a b",
        "SUB a ",
        "SUB a:b",
        "UNSUB a",
        "PUB",
        "PUB a",
        "PUB  a b",
        "PUB a,b c",
        "SUB \u00e4",
        "TELL me",
        " SUB a",
        "\r",
        "SUB 12345678901234567890123456789012345678901234567890123456789012345"
      })
  void whatMakesNoSenseIsAnsweredInOneLine(String line) throws Exception {
    String said = line + "\nPUB a x\n";
    TestClient.Answer answer = ProtocolLint.call(pubsub, said.getBytes(ISO_8859_1));
    assertTrue(answer.text().matches("ERR [^\n]+\nOK 0\n"), answer::text);
    assertEquals(0, pubsub.topics());
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1\r", "POST /a?b HTTP/1.0", "get /x HTTP/2.0"})
  void aPageThatPostsLinesPublishesNothing(String first) throws Exception {
    TestClient subscriber = client("SUB a\n");
    String said = first + "\nHost: localhost\r\n\r\nPUB a HTTP/1.1\n";
    TestClient.Answer answer = ProtocolLint.call(pubsub, said.getBytes(ISO_8859_1));
    assertEquals("ERR no such command: say HELP\n", answer.text());
    assertTrue(answer.closed());
    assertEquals("", subscriber.hears());
    assertEquals("OK 1\n", client("").says("PUB a see HTTP/1.1\n").hears());
  }

  @Test
  void thereAreOnlySoManySubscriptionsForEachConnection() throws Exception {
    TestClient one = client("SUB a\nSUB b\n");
    assertEquals(
        "ERR too many subscriptions: UNSUB from one\nOK\n", one.says("SUB c\nSUB a\n").hears());
    assertEquals("OK\nOK\n", one.says("UNSUB a\nSUB c\n").hears());
    assertEquals(2, pubsub.topics());
  }

  @Test
  void aLineThatIsTooLongEndsTheConnection() throws Exception {
    TestClient.Answer answer =
        ProtocolLint.call(pubsub, ("SUB a\n" + "x".repeat(101)).getBytes(ISO_8859_1));
    assertEquals("OK\nERR a line has at most 100 bytes\n", answer.text());
    assertTrue(answer.closed());
    assertEquals(0, pubsub.topics());
  }

  @Test
  void helpEndsLikeAnyOtherAnswer() throws Exception {
    List<String> lines = client("").says("HELP\n").hears().lines().toList();
    assertEquals("OK", lines.getLast());
    for (String command : List.of("SUB", "UNSUB", "PUB", "QUIT")) {
      assertTrue(lines.stream().anyMatch(line -> line.startsWith("HELP " + command)), command);
    }
  }

  @Test
  void subscriptionsGoWhenTheConnectionDoes() throws Exception {
    TestClient vanishes = client("SUB a\n");
    TestClient ends = client("SUB a\n");
    client("SUB a\nSUB b\nQUIT\n");
    vanishes.vanishes();
    ends.ends();
    assertEquals(0, pubsub.topics());
    assertEquals("OK 0\n", client("").says("PUB a x\n").hears());
  }

  @Test
  void aSlowSubscriberLosesMessagesAndIsToldHowMany() throws Exception {
    TestClient slow = client("SUB a\n");
    TestClient quick = client("SUB a\n");
    TestClient publisher = client("");
    slow.hasRoomFor(10);
    assertEquals("OK 2\nOK 1\nOK 1\n", publisher.says("PUB a 1\nPUB a 2\nPUB a 3\n").hears());
    assertEquals("MSG a 1\n", slow.hears());
    slow.hasRoomFor(100);
    assertEquals("OK 2\nOK 2\n", publisher.says("PUB a 4\nPUB a 5\n").hears());
    assertEquals("LOST 2\nMSG a 4\nMSG a 5\n", slow.hears());
    assertEquals("MSG a 1\nMSG a 2\nMSG a 3\nMSG a 4\nMSG a 5\n", quick.hears());
  }

  @Test
  void whereOnlyTheNewsOfALossHasRoomTheCountBeginsAnew() throws Exception {
    TestClient slow = client("SUB a\n");
    TestClient publisher = client("");
    slow.hasRoomFor(0);
    publisher.says("PUB a 1\n");
    slow.hasRoomFor(10);
    publisher.says("PUB a 2\n");
    assertEquals("LOST 1\n", slow.hears());
    slow.hasRoomFor(100);
    publisher.says("PUB a 3\n");
    assertEquals("LOST 1\nMSG a 3\n", slow.hears());
  }
}
