package examples.inspect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Lint;
import spyglass.http.Request;
import spyglass.http.RequestBody;
import spyglass.http.Response;

final class InspectLintTest {

  private final App app = ServiceLoader.load(App.class).findFirst().orElseThrow();

  private Lint.Answer get(String target) throws Exception {
    return Lint.call(app, Request.of("GET", target));
  }

  private static String control(Lint.Answer answer) {
    return answer.headers().first("X-Control").orElse("none");
  }

  @Test
  void saysEverythingItGot() throws Exception {
    Request request =
        new Request(
            "PoST",
            "/a%20b/\u00e9?x=\"y\"&z=\\",
            "HTTP/1.1",
            Headers.of("Host", "h").with("X-Tab", "a\tb").with("x-tab", "\u00ff"),
            RequestBody.of("abc".getBytes(StandardCharsets.US_ASCII)));

    Lint.Answer answer = Lint.call(app, request);

    assertEquals("application/json", answer.headers().first("Content-Type").orElseThrow());
    assertEquals(
        """
        {"method": "PoST", "target": "/a%20b/\\u00e9?x=\\"y\\"&z=\\\\", "path": "/a%20b/\\u00e9", \
        "query": "x=\\"y\\"&z=\\\\", "version": "HTTP/1.1", \
        "headers": [["Host", "h"], ["X-Tab", "a\\u0009b"], ["x-tab", "\\u00ff"]], \
        "body_len": 3, \
        "body_sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}
        """,
        answer.text());
  }

  @Test
  void anAbsoluteTargetHasThePathOfItsUri() throws Exception {
    String text = get("http://host?q").text();

    assertTrue(text.contains("\"path\": \"/\", \"query\": \"q\""), text);
  }

  @Test
  void trailersAreToldApartFromHeaders() throws Exception {
    Request request = Request.of("POST", "/").withBody(new Sent(0, Headers.of("X-Sum", "1")));

    String text = Lint.call(app, request).text();

    assertTrue(text.contains("\"trailers\": [[\"X-Sum\", \"1\"]]"), text);
    assertTrue(text.contains("\"headers\": [[\"Host\", \"localhost\"]]"), text);
  }

  @Test
  void aBodyOfFortyMebibytesIsCountedAndNotKept() throws Exception {
    Request request = Request.of("PUT", "/").withBody(new Sent(40L << 20, Headers.NONE));

    String text = Lint.call(app, request).text();

    assertTrue(text.contains("\"body_len\": 41943040,"), text);
  }

  @Test
  void aBodyThatBreaksOffHasNoAnswer() {
    Request request = Request.of("PUT", "/").withBody(new Sent(-1, Headers.NONE));

    assertThrows(IOException.class, () -> app.call(request));
  }

  @Test
  void headGetsTheLengthOfGet() throws Exception {
    Body get = app.call(Request.of("GET", "/")).body();
    Body head = app.call(Request.of("HEAD", "/")).body();

    assertEquals(((Body.Bytes) get).content().length, ((Body.Bytes) head).content().length);
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 204, 205, 304, 404, 418, 503, 599})
  void anyStatusCanBeAskedFor(int code) throws Exception {
    Lint.Answer answer = get("/-/status?code=" + code);

    assertEquals(code, answer.status());
    assertEquals("status", control(answer));
    assertEquals(code == 204 || code == 205 || code == 304, answer.body().length == 0);
  }

  @Test
  void aStreamIsMadeOfLettersAndHasNoLength() throws Exception {
    Lint.Answer answer = get("/-/stream?chunks=28&size=2&empty=1");

    assertEquals("aabbccddeeffgghhiijjkkllmmnnooppqqrrssttuuvvwwxxyyzzaabb", answer.text());
    assertFalse(answer.headers().has("Content-Length"));
    assertEquals("stream", control(answer));
  }

  @Test
  void aBigAnswerHasTheLengthItTells() throws Exception {
    Lint.Answer answer = get("/-/big?bytes=70000");

    assertEquals("x".repeat(70_000), answer.text());
    assertEquals("70000", answer.headers().first("Content-Length").orElseThrow());
    assertEquals("big", control(answer));
  }

  @Test
  void aFieldCanBeAskedFor() throws Exception {
    Lint.Answer answer = get("/-/header?name=X-%41&value=a+b%20%");

    assertEquals("a+b %", answer.headers().first("X-A").orElseThrow());
    assertTrue(answer.text().startsWith("{\"method\": \"GET\""));
    assertEquals("header", control(answer));
  }

  @Test
  void lineEndsInAFieldAreHandedToTheServerAsTheyAre() throws Exception {
    Response response = app.call(Request.of("GET", "/-/header?name=A&value=x%0d%0aB:%20y"));

    assertEquals("x\r\nB: y", response.headers().first("A").orElseThrow());
  }

  @Test
  void aBodyCanBeLeftUnread() throws Exception {
    Request request = Request.of("POST", "/-/noread").withBody(new Sent(-1, Headers.NONE));

    Lint.Answer answer = Lint.call(app, request);

    assertEquals("unread", answer.text());
    assertEquals("noread", control(answer));
  }

  @Test
  void aSlowAnswerIsTheEcho() throws Exception {
    Lint.Answer answer = get("/-/slow?ms=1");

    assertTrue(answer.text().startsWith("{\"method\": \"GET\""));
    assertEquals("slow", control(answer));
  }

  @Test
  void failMeansNoAnswerAtAll() {
    assertThrows(IllegalStateException.class, () -> app.call(Request.of("GET", "/-/fail")));
  }

  @Test
  void failmidWritesThreeChunksAndThenThrows() throws Exception {
    Response response = app.call(Request.of("GET", "/-/failmid"));
    var out = new ByteArrayOutputStream();

    assertThrows(IOException.class, () -> ((Body.Stream) response.body()).writer().writeTo(out));
    assertEquals(3_000, out.size());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"status?code=1000", "status", "big?bytes=67108865", "stream?chunks=a", "nothing"})
  void aControlThatCannotBeUsedSaysWhy(String control) throws Exception {
    Lint.Answer answer = get("/-/" + control);

    assertEquals(400, answer.status());
    assertEquals("none", control(answer));
  }

  /** A body of so many zeros; with fewer than none, the client breaks off at once. */
  private static final class Sent extends RequestBody {
    private long left;
    private final Headers trailers;

    Sent(long length, Headers trailers) {
      this.left = length;
      this.trailers = trailers;
    }

    @Override
    public Headers trailers() {
      return left == 0 ? trailers : Headers.NONE;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      if (left < 0) {
        throw new IOException("the client has gone");
      }
      int n = (int) Math.min(left, length);
      left -= n;
      return n == 0 ? -1 : n;
    }
  }
}
