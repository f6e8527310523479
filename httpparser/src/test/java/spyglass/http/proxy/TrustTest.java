package spyglass.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnixDomainSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.Headers;
import spyglass.http.Peer;

class TrustTest {

  private static final Trust TENS = Trust.parse("10.0.0.0/8, fd00::/8");

  private static InetSocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static Peer from(String address) {
    return new Peer(at(address, 4711), at("10.9.9.9", 80), "http");
  }

  private static String said(Headers headers) {
    Peer peer = TENS.peer(from("10.0.0.1"), headers);
    return peer.scheme() + " " + peer.host();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "for=192.0.2.1                                | http 192.0.2.1",
        "For=192.0.2.1;Proto=HTTPS;by=10.0.0.1        | https 192.0.2.1",
        "for=192.0.2.1; proto=https ; host=\"a,b;c\"  | https 192.0.2.1",
        "for=\"192.0.2.1:80\"                         | http 192.0.2.1",
        "for=\"192.0.2.\\1\"                          | http 192.0.2.1",
        "for=\"[2001:db8::1]:80\"                     | http 2001:db8:0:0:0:0:0:1",
        "for=\"[2001:db8::1]\"                        | http 2001:db8:0:0:0:0:0:1",
        "for=unknown                                  | http unknown",
        "for=_hidden;proto=https                      | https _hidden",
        "for=\"_hidden:_port\"                        | http _hidden",
        "for=192.0.2.7, for=192.0.2.1                 | http 192.0.2.1",
        "for=192.0.2.1;proto=https, for=10.0.0.2      | https 192.0.2.1",
        "for=192.0.2.7, for=192.0.2.1, for=10.0.0.2   | http 192.0.2.1",
        "for=10.0.0.3, for=\"[fd00::1]\"              | http 10.0.0.3",
        "for=192.0.2.7, for=_x, for=10.0.0.2          | http _x",
        "proto=https                                  | https 10.0.0.1",
        "for=192.0.2.7, proto=https                   | https 10.0.0.1",
        "rubbish, for=10.0.0.2                        | http 10.0.0.2",
        "for=192.0.2.7, rubbish, for=10.0.0.2         | http 10.0.0.2",
        "for=\"192.0.2.7, for=192.0.2.1                | http 192.0.2.1",
        "for=192.0.2.1;x=\",for=192.0.2.7;y=\"        | http 192.0.2.1",
        "for=192.0.2.1;x=\",for=\\\"192.0.2.7\\\"\"   | http 192.0.2.1",
        "for=192.0.2.7,                               | http 10.0.0.1",
        "for=192.0.2.1;for=192.0.2.7                  | http 10.0.0.1",
        "for=192.0.2.1;                               | http 10.0.0.1",
        "for = 192.0.2.1                              | http 10.0.0.1",
        "for=[2001:db8::1]                            | http 10.0.0.1",
        "for=\"2001:db8::1\"                          | http 10.0.0.1",
        "for=\"[192.0.2.1]\"                          | http 10.0.0.1",
        "for=\"192.0.2.1:65536\"                      | http 10.0.0.1",
        "for=192.0.2.256                              | http 10.0.0.1",
        "for=localhost                                | http 10.0.0.1",
        "for=192.0.2.1;proto=ftp                      | http 192.0.2.1"
      })
  void forwardedIsWalkedFromTheRight(String field, String expected) {
    assertEquals(expected, said(Headers.of("Forwarded", field)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "192.0.2.1                          |             | http 192.0.2.1",
        "192.0.2.1                          | https       | https 192.0.2.1",
        "192.0.2.1:80                       | http        | http 192.0.2.1",
        "2001:db8::1                        | HTTPS       | https 2001:db8:0:0:0:0:0:1",
        "[2001:db8::1]:80                   |             | http 2001:db8:0:0:0:0:0:1",
        "unknown                            |             | http unknown",
        "192.0.2.7, 192.0.2.1               | https, http | http 192.0.2.1",
        "192.0.2.7, 192.0.2.1, 10.0.0.2     | https       | https 192.0.2.1",
        "192.0.2.1, 10.0.0.2                | https, http | https 192.0.2.1",
        "192.0.2.7, rubbish, 10.0.0.2       |             | http 10.0.0.2",
        "192.0.2.7,                         |             | http 10.0.0.1",
        "010.0.0.2                          |             | http 10.0.0.1",
        "192.0.2.1                          | wss         | http 192.0.2.1",
        "                                   | https       | https 10.0.0.1"
      })
  void xForwardedIsWalkedFromTheRight(String clients, String schemes, String expected) {
    Headers headers = Headers.NONE;
    headers = clients == null ? headers : headers.with("X-Forwarded-For", clients);
    headers = schemes == null ? headers : headers.with("X-Forwarded-Proto", schemes);
    assertEquals(expected, said(headers));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "for=192.0.2.1;host=shop.example               |              | shop.example",
        "for=192.0.2.1;host=\"shop.example:81\"         |              | shop.example:81",
        "for=192.0.2.1;host=\"a/b\"                     |              | ",
        "for=192.0.2.1;host=\"\"                        |              | ",
        "host=shop.example                             |              | shop.example",
        "for=192.0.2.1;host=outer, for=10.0.0.2;host=i |              | outer",
        "for=192.0.2.1, for=10.0.0.2;host=inner        |              | inner",
        "for=1.1.1.1;host=forged, for=192.0.2.1;host=x |              | x",
        "                                              | shop.example | shop.example",
        "                                              | a, b         | b",
        "                                              | a b          | ",
        "for=10.0.0.1                                  | shop.example | ",
        "for=10.0.0.1;host=shop.example                | SHOP.example | shop.example",
        "for=10.0.0.1;host=shop.example                | other        | "
      })
  void theHostThatTheClientAskedForIsTold(String forwarded, String host, String expected) {
    Headers headers = Headers.NONE;
    headers = forwarded == null ? headers : headers.with("Forwarded", forwarded);
    headers = host == null ? headers : headers.with("X-Forwarded-Host", host);
    assertEquals(Optional.ofNullable(expected), TENS.peer(from("10.0.0.1"), headers).authority());
    assertEquals(Optional.empty(), TENS.peer(from("192.0.2.9"), headers).authority());
  }

  @Test
  void eachProxyMayAddAHostOrTheFirstSpeakForAll() {
    Headers chain = Headers.of("X-Forwarded-For", "192.0.2.1, 10.0.0.2");
    Peer socket = from("10.0.0.1");
    Headers list = chain.with("X-Forwarded-Host", "outer, inner");
    assertEquals(Optional.of("outer"), TENS.peer(socket, list).authority());
    Headers one = chain.with("X-Forwarded-Host", "outer");
    assertEquals(Optional.of("outer"), TENS.peer(socket, one).authority());
  }

  @Test
  void severalFieldLinesAreOneList() {
    Headers usual = Headers.of("X-Forwarded-For", "192.0.2.7").with("x-forwarded-for", "192.0.2.1");
    assertEquals("http 192.0.2.1", said(usual));
    Headers standard = Headers.of("Forwarded", "for=\"").with("forwarded", "for=192.0.2.1");
    assertEquals("http 192.0.2.1", said(standard));
  }

  @Test
  void twoStoriesAreNoneAndOneStoryToldTwiceIsOne() {
    Headers headers = Headers.of("X-Forwarded-For", "192.0.2.1");
    assertEquals("http 10.0.0.1", said(headers.with("Forwarded", "for=192.0.2.7")));
    assertEquals("http 192.0.2.1", said(headers.with("Forwarded", "for=\"192.0.2.1:80\"")));
  }

  @Test
  void nobodyIsTrustedUnlessToldAndNeverWhoeverIsNotInTheList() {
    Headers headers = Headers.of("X-Forwarded-For", "192.0.2.1").with("Forwarded", "for=192.0.2.1");
    Peer proxy = from("10.0.0.1");
    assertSame(proxy, Trust.NOBODY.peer(proxy, headers));
    Peer stranger = from("192.0.2.9");
    assertSame(stranger, TENS.peer(stranger, headers));
    assertSame(proxy, TENS.peer(proxy, Headers.NONE));
  }

  @Test
  void aProxyOverAUnixSocketIsTrustedByWord() {
    UnixDomainSocketAddress unnamed = UnixDomainSocketAddress.of("");
    Peer unix = new Peer(unnamed, unnamed, "http");
    Headers headers = Headers.of("Forwarded", "for=192.0.2.1;proto=https");
    assertSame(unix, TENS.peer(unix, headers));
    Peer client = Trust.parse("unix").peer(unix, headers);
    assertEquals(new Peer(at("192.0.2.1", 0), unnamed, "https"), client);
    assertThrows(IllegalArgumentException.class, () -> Trust.parse("unix,"));
  }

  @Test
  void aVeryLongFieldCostsNoSecond() {
    assertEquals("http 10.0.0.1", said(Headers.of("Forwarded", "\"" + ",x=\"".repeat(8000))));
    assertEquals(
        "http 10.0.0.2",
        said(Headers.of("Forwarded", "for=10.0.0.2,".repeat(2000) + "for=10.0.0.2")));
  }
}
