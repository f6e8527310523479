package spyglass.http.middleware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import spyglass.http.App;
import spyglass.http.BadRequest;
import spyglass.http.Lint;
import spyglass.http.Peer;
import spyglass.http.Request;
import spyglass.http.Response;

class AccessLogTest {

  private static final InetSocketAddress CLIENT = new InetSocketAddress("192.0.2.7", 4711);
  private static final Request GET =
      Request.of("GET", "/a?b").withPeer(new Peer(CLIENT, CLIENT, "http"));
  private static final App HELLO = request -> Response.text("hello");
  private static final String COMMON =
      "192.0.2.7 - - [09/Feb/2026:08:05:00 +0000] \"GET /a?b HTTP/1.1\" 200 5";

  private final List<String> lines = new ArrayList<>();

  private App logged(Function<Visit, String> format, App app) {
    Instant now = Instant.parse("2026-02-09T08:05:00Z");
    return new AccessLog(format, lines::add, InstantSource.fixed(now)).apply(app);
  }

  private String line(Function<Visit, String> format, App app, Request request) throws Exception {
    Lint.call(logged(format, app), request);
    assertEquals(1, lines.size());
    return lines.getFirst();
  }

  @Test
  void theCommonFormatIsApaches() throws Exception {
    assertEquals(COMMON, line(LogLine::common, HELLO, GET));
  }

  @Test
  void ofAFileThoseBytesAreLoggedThatAreSent(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "0123456789");
    App app = request -> Response.file("text/plain", file);
    String line = line(LogLine::common, app, GET.withHeader("Range", "bytes=2-4"));
    assertEquals(COMMON.replace("200 5", "206 3"), line);
  }

  @Test
  void theCombinedFormatAddsWhereFromAndWithWhat() throws Exception {
    Request curl = GET.withHeader("User-Agent", "curl/8");
    assertEquals(COMMON + " \"-\" \"curl/8\"", line(LogLine::combined, HELLO, curl));
  }

  @Test
  void aJsonLineHasEverything() throws Exception {
    Request named = GET.withHeader("X-Request-Id", "12345678").withHeader("Referer", "\"\\");
    assertEquals(
        """
        {"time":"2026-02-09T08:05:00Z","remote":"192.0.2.7","method":"GET","target":"/a?b",\
        "version":"HTTP/1.1","status":200,"bytes":5,"micros":0,"referer":"\\"\\\\",\
        "agent":"","id":"12345678"}\
        """,
        line(LogLine::json, HELLO, named));
  }

  @Test
  void noClientCanForgeALine() {
    String evil = "\"\n127.0.0.1 - - \u001b[2J\\\u0085\u00e9";
    Request request =
        new Request("GET", "/\"\r\n", "HTTP/1.1", GET.headers().with("Referer", evil), GET.body());
    Visit visit = new Visit(request, 200, 0, Instant.EPOCH, Duration.ZERO);
    for (String line :
        List.of(LogLine.common(visit), LogLine.combined(visit), LogLine.json(visit))) {
      assertTrue(line.chars().allMatch(c -> c >= ' ' && c < 0x7f), line);
    }
    assertTrue(
        LogLine.combined(visit)
            .endsWith(
                "\"GET /\\\"\\x0d\\x0a HTTP/1.1\" 200 - "
                    + "\"\\\"\\x0a127.0.0.1 - - \\x1b[2J\\\\\\x85\\xe9\" \"-\""),
        LogLine.combined(visit));
  }

  @Test
  void aStreamIsLoggedWhenItIsOverWithWhatWasWritten() throws Exception {
    App stream = request -> Response.stream("text/plain", out -> out.write(new byte[5]));
    Response response = logged(LogLine::common, stream).call(GET);
    assertEquals(List.of(), lines);
    Lint.call(request -> response, GET);
    assertEquals(List.of(COMMON), lines);
  }

  @Test
  void anAnswerWithoutABodyHasNoBytes() throws Exception {
    App stream = request -> Response.stream("text/plain", out -> out.write('x'));
    Lint.call(logged(LogLine::common, stream), Request.of("HEAD", "/"));
    Lint.call(logged(LogLine::common, request -> Response.of(304)), GET);
    assertTrue(lines.get(0).endsWith("\"HEAD / HTTP/1.1\" 200 -"), lines::toString);
    assertTrue(lines.get(1).endsWith("304 -"), lines::toString);
  }

  @Test
  void anAppThatThrowsIsLoggedAsWhatTheClientGets() {
    App mistaken =
        request -> {
          throw new BadRequest(413, "Too much.");
        };
    App broken =
        request -> {
          throw new IOException("no disk");
        };
    assertThrows(BadRequest.class, () -> logged(LogLine::common, mistaken).call(GET));
    assertThrows(IOException.class, () -> logged(LogLine::common, broken).call(GET));
    assertTrue(lines.get(0).endsWith("413 -"), lines::toString);
    assertTrue(lines.get(1).endsWith("500 -"), lines::toString);
  }
}
