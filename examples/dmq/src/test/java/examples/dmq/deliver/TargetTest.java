package examples.dmq.deliver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertTrue;

import examples.dmq.Dmq;
import examples.dmq.Told;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.protocol.TestClient;

/** URLs to which a record may be delivered, and others. */
final class TargetTest {

  @TempDir private Path data;
  private final Dmq node = new Dmq();

  @BeforeEach
  void start() throws Exception {
    node.start(Told.of(data, Map.of("size", "256KiB")));
  }

  @AfterEach
  void stop() throws Exception {
    node.sleep(Instant.now().plusSeconds(5));
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '', such as http
          localhost:4223/inbox, begins with http
          /inbox, begins with http
          http:///inbox, has no host
          http:inbox, has no host
          http://[::1, is no URL
          http://999.1.1.1/, has no host
          ftp://localhost/, begins with http
          http://localhost:0/, no server has port 0
          http://localhost:65536/, no server has port 65536
          http://localhost:99999999999/, has no host
          http://me:secret@localhost:9/, a user or a password
          http://localhost:9/inbox#top, behind #
          http://localhost:9/in box, is ASCII
          http://localhost:9/bo\u00eete, is ASCII
          'http://localhost:9/\nhttp://localhost:9/', is ASCII
          http://localhost:4222/channels/mail, this node itself
          http://127.0.0.1:4222/channels/mail, this node itself
          http://[::1]:4222/channels/mail, this node itself
          http://LOCALHOST:4222/, this node itself
          """)
  void aUrlThatCanNeverBeDeliveredToIsRefusedInOneLine(String url, String why) throws Exception {
    String answer = put(url);
    assertTrue(answer.startsWith("HTTP/1.1 400"), answer);
    String reason = answer.substring(answer.indexOf("\r\n\r\n") + 4);
    assertTrue(reason.contains(why) && reason.indexOf('\n') == reason.length() - 1, reason);
    assertTrue(Files.notExists(data.resolve("dmq/channels/@mail")));
    assertTrue(put("http://localhost:9/" + "x".repeat(2000)).contains("at most 2000 characters"));
    assertTrue(put("http://localhost:4223/").startsWith("HTTP/1.1 204"));
  }

  private String put(String url) throws Exception {
    byte[] body = url.getBytes(UTF_8);
    TestClient client = TestClient.connect(node);
    client.says(
        "PUT /channels/mail/delivery HTTP/1.1\r\nHost: localhost:4222\r\n"
            + ("Content-Length: " + body.length + "\r\n\r\n"));
    client.says(body);
    return client.hears();
  }
}
