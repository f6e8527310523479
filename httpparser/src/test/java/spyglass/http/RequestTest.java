package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestTest {

  @ParameterizedTest
  @CsvSource({
    "/,                  /,       ''",
    "/a/b?c=d,           /a/b,    c=d",
    "/a?b?c/d,           /a,      b?c/d",
    "/a?,                /a,      ''",
    "/%41%2f,            /%41%2f, ''",
    "//b/c,              //b/c,   ''",
    "/r?u=http://h/p,    /r,      u=http://h/p",
    "*,                  *,       ''",
    "http://h,           /,       ''",
    "http://h/p?q,       /p,      q",
    "http://h?q=/,       /,       q=/",
    "HTTPS://[::1]:8/p,  /p,      ''",
  })
  void everyTargetHasOnePathAndOneQuery(String target, String path, String query) {
    Request request = Request.of("GET", target);
    assertEquals(path, request.path());
    assertEquals(query, request.query());
  }

  @ParameterizedTest
  @CsvSource({
    "/,                  a:8, ,     a:8",
    "/r?u=http://h/p,    a,   ,     a",
    "*,                  a,   ,     a",
    "http://h:81/p,      a,   ,     h:81",
    "HTTP://[::1]?q,     a,   ,     [::1]",
    "/,                  ,    ,     ''",
    "http://h/,          ,    ,     h",
    "/,                  '',  ,     ''",
    "/,                  a,   shop, shop",
    "http://h/,          a,   shop, shop",
  })
  void theAuthorityIsTheProxysWordThenTheTargetsThenHost(
      String target, String host, String told, String authority) {
    Headers headers = host == null ? Headers.NONE : Headers.of("Host", host);
    Peer here = Peer.loopback();
    Peer peer = new Peer(here.remote(), here.local(), "http", Optional.ofNullable(told));
    Request request =
        new Request(
            "GET",
            target,
            "HTTP/1.0",
            headers,
            RequestBody.of(new byte[0]),
            peer,
            EarlyHints.IGNORED);
    assertEquals(authority, request.authority());
  }

  @Test
  void aBodyForTestsYieldsItsBytesAndThenItsEnd() throws IOException {
    byte[] bytes = {1, -1, 0};
    assertArrayEquals(bytes, RequestBody.of(bytes).readAllBytes());
    RequestBody body = RequestBody.of(bytes);
    assertEquals(1, body.read());
    assertEquals(255, body.read());
    assertEquals(0, body.read());
    assertEquals(-1, body.read());
  }

  @Test
  void aRequestWithoutABodyHasAnEmptyOne() throws IOException {
    assertEquals(-1, Request.of("GET", "/").body().read());
    assertEquals(Headers.NONE, Request.of("GET", "/").body().trailers());
  }
}
