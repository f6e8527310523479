package spyglass.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Peer;
import spyglass.http.Response;
import spyglass.http.proxy.Trust;

/** With --proxy-protocol a connection begins with a header that says whose it is. */
@Timeout(60)
class ProxyProtocolOverSocketTest {

  private static final App APP = request -> Response.text(said(request.peer()));

  private static final String TEXT = "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n";
  private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";

  /** The same two ends as those of the text, and an extension behind them. */
  private static final String BINARY =
      bytes(SIGNATURE + "2111" + "0011" + "C0000201" + "C6336401" + "DC0401BB" + "0400026869");

  private static final String ENDS = "192.0.2.1:56324 http 198.51.100.1:443";
  private static final String GET = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

  private static String bytes(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  private static String said(Peer peer) {
    InetSocketAddress remote = (InetSocketAddress) peer.remote();
    InetSocketAddress local = (InetSocketAddress) peer.local();
    String where = local.getAddress().getHostAddress() + ":" + local.getPort();
    return peer.host() + ":" + remote.getPort() + " " + peer.scheme() + " " + where;
  }

  private static TestWorker worker(String trusted) throws IOException {
    Trust trust = trusted.isEmpty() ? Trust.NOBODY : Trust.parse(trusted);
    return new TestWorker(TestWorker.proxied(trust), APP);
  }

  @Test
  void theAppSeesTheTwoEndsOfTheHeaderAndSoDoesEveryLaterRequestOfTheConnection()
      throws IOException {
    try (TestWorker worker = worker("")) {
      for (String header : new String[] {TEXT, BINARY}) {
        try (Client client = worker.connect()) {
          assertEquals(ENDS, client.ask(header + GET + GET).body());
          assertEquals(ENDS, client.answer().body());
          assertEquals(ENDS, client.ask(GET).body());
        }
      }
    }
  }

  @Test
  void theHeaderMayArriveInAnyTwoPieces() throws IOException {
    try (TestWorker worker = worker("")) {
      for (String header : new String[] {TEXT, BINARY}) {
        for (int split = 1; split <= header.length(); split++) {
          try (Client client = worker.connect()) {
            client.send(header.substring(0, split));
            TestWorker.pause();
            assertEquals(ENDS, client.ask(header.substring(split) + GET).body());
          }
        }
      }
    }
  }

  @Test
  void whoSpeaksForItselfKeepsTheSocketsEnds() throws IOException {
    String local = bytes(SIGNATURE + "2000" + "0000");
    try (TestWorker worker = worker("")) {
      for (String header : new String[] {"PROXY UNKNOWN whatever\r\n", local}) {
        try (Client client = worker.connect()) {
          assertEquals("127.0.0.1:", client.ask(header + GET).body().substring(0, 10));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        GET,
        "PROXY TCP4 192.0.2.256 198.51.100.1 56324 443\r\n" + GET,
        "PROXY TCP4 192.0.2.1 198.51.100.1 56324\r\n" + GET,
        "PROXY UNKNOWN\n" + GET,
        "\r\n\r\n\0\r\nQUIT\n\u0011" + GET,
        "\r\n" + TEXT + GET
      })
  void aConnectionThatBeginsOtherwiseIsClosedWithoutAWord(String beginning) throws IOException {
    try (TestWorker worker = worker("");
        Client client = worker.connect()) {
      client.send(beginning);
      assertEquals("", everything(client));
    }
  }

  /** What came until the end, be it in order or, as unread bytes make it, a reset. */
  private static String everything(Client client) {
    try {
      return client.rest();
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aHeaderThatIsNotWholeInTimeIsASilentClient() throws IOException {
    Settings p = TestWorker.proxied(Trust.NOBODY);
    Settings hasty =
        new Settings(
            p.threads(),
            p.trust(),
            p.proxyProtocol(),
            p.probe(),
            p.limits(),
            TestWorker.withFirstByte(Duration.ofMillis(300)),
            p.bounds());
    try (TestWorker worker = new TestWorker(hasty, APP)) {
      for (String part : new String[] {"PROXY TC", TEXT}) {
        try (Client client = worker.connect()) {
          client.send(part);
          assertEquals("", client.rest());
        }
      }
    }
  }

  @Test
  void trustIsAskedAboutTheAddressInTheHeader() throws IOException {
    String forwarded =
        "GET / HTTP/1.1\r\nHost: a\r\nForwarded: for=203.0.113.9;proto=https\r\n\r\n";
    try (TestWorker worker = worker("192.0.2.0/24");
        Client client = worker.connect()) {
      assertEquals("203.0.113.9:0 https 198.51.100.1:443", client.ask(TEXT + forwarded).body());
    }
    try (TestWorker worker = worker("127.0.0.0/8");
        Client client = worker.connect()) {
      assertEquals(ENDS, client.ask(TEXT + forwarded).body());
    }
  }

  @Test
  void withoutTheOptionSuchAHeaderIsNoRequest() throws IOException {
    try (TestWorker worker = new TestWorker(APP);
        Client client = worker.connect()) {
      assertEquals(400, client.ask(TEXT + GET).status());
    }
  }
}
