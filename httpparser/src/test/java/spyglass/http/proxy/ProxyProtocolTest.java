package spyglass.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.Peer;
import spyglass.http.proxy.ProxyProtocol.Result;

class ProxyProtocolTest {

  private static final String SIGNATURE = "0d0a0d0a000d0a515549540a";
  private static final String ENDS4 = "c0000201" + "c6336401" + "dc04" + "01bb";
  private static final String REQUEST = "GET / HTTP/1.1\r\n";

  private static SocketAddress at(String address, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(address), port);
  }

  private static final Peer FOUR =
      new Peer(at("192.0.2.1", 56_324), at("198.51.100.1", 443), "http");

  private static String text(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.ISO_8859_1);
  }

  /** Version 2 with the right count. */
  private static String binary(String commandAndFamily, String rest) {
    String count = HexFormat.of().toHexDigits((short) (rest.length() / 2));
    return text(SIGNATURE + commandAndFamily + count + rest);
  }

  /** The result when all is there; the same must come of any delivery, and no sooner. */
  private static Result parse(String sent) {
    byte[] bytes = ("xx" + sent).getBytes(StandardCharsets.ISO_8859_1);
    ByteBuffer in = ByteBuffer.wrap(bytes).position(2);
    Result whole = ProxyProtocol.parse(in);
    boolean decided = false;
    for (int end = 2; end <= bytes.length; end++) {
      in.limit(end);
      Result part = ProxyProtocol.parse(in);
      assertEquals(2, in.position());
      if (part instanceof Result.Found found) {
        assertEquals(true, end - 2 >= found.length(), "found before it came");
      }
      if (decided || !(part instanceof Result.More)) {
        assertEquals(whole, part, "after " + (end - 2) + " bytes");
        decided = true;
      }
    }
    return whole;
  }

  private static void found(Optional<Peer> peer, String header) {
    assertEquals(new Result.Found(peer, header.length()), parse(header));
    assertEquals(new Result.Found(peer, header.length()), parse(header + REQUEST));
    assertEquals(
        ProxyProtocol.MORE, parse(header.substring(0, header.length() - 1)), "one byte missing");
  }

  @Test
  void aLineOfTextNamesBothEnds() {
    found(Optional.of(FOUR), "PROXY TCP4 192.0.2.1 198.51.100.1 56324 443\r\n");
    Peer six = new Peer(at("2001:db8::1", 0), at("::1", 65_535), "http");
    found(Optional.of(six), "PROXY TCP6 2001:db8::1 ::1 0 65535\r\n");
  }

  @Test
  void anUnknownClientIsNoPeer() {
    found(Optional.empty(), "PROXY UNKNOWN\r\n");
    found(Optional.empty(), "PROXY UNKNOWN ffff::1 what ever\r\n");
    found(Optional.empty(), "PROXY UNKNOWN " + "x".repeat(91) + "\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET / HTTP/1.1\r\n",
        "proxy TCP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXYTCP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY \r\n",
        "PROXY TCP5 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY UDP4 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 3\r\n",
        "PROXY TCP4  192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2 \r\n",
        "PROXY TCP4 192.0.2.1\t198.51.100.1 1 2\r\n",
        "PROXY TCP4 ::1 ::1 1 2\r\n",
        "PROXY TCP6 192.0.2.1 198.51.100.1 1 2\r\n",
        "PROXY TCP4 192.0.2.01 198.51.100.1 1 2\r\n",
        "PROXY TCP4 localhost localhost 1 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 65536 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 01 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 -1 2\r\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\n",
        "PROXY TCP4 192.0.2.1 198.51.100.1 1 2\r\r\n",
        "PROXY UNKNOWN a\rb\r\n",
        "PROXY UNKNOWNX\r\n",
        "\n"
      })
  void anyOtherTextIsMalformed(String sent) {
    assertInstanceOf(Result.Malformed.class, parse(sent));
  }

  @Test
  void aLineThatDoesNotEndIsMalformedAfterAHundredAndSevenBytes() {
    assertEquals(ProxyProtocol.MORE, parse("PROXY UNKNOWN " + "x".repeat(92)));
    assertInstanceOf(Result.Malformed.class, parse("PROXY UNKNOWN " + "x".repeat(93)));
    assertInstanceOf(Result.Malformed.class, parse("PROXY UNKNOWN " + "x".repeat(92) + "\r\n"));
  }

  @Test
  void bytesNameBothEndsAndExtensionsAreSkipped() {
    found(Optional.of(FOUR), binary("2111", ENDS4));
    found(Optional.of(FOUR), binary("2111", ENDS4 + "040000" + "0100026832"));
    Peer six = new Peer(at("2001:db8::1", 1), at("::1", 2), "http");
    String client = "20010db8000000000000000000000001";
    found(Optional.of(six), binary("2121", client + "0".repeat(31) + "1" + "00010002"));
    String path = "2f61" + "00".repeat(106);
    SocketAddress a = UnixDomainSocketAddress.of("/a");
    SocketAddress unnamed = UnixDomainSocketAddress.of("");
    found(Optional.of(new Peer(a, unnamed, "http")), binary("2131", path + "00".repeat(108)));
    String odd = "2fe4" + "00".repeat(106);
    found(Optional.of(new Peer(unnamed, a, "http")), binary("2131", odd + path));
  }

  @Test
  void aProxyThatSpeaksForItselfIsNoPeer() {
    found(Optional.empty(), binary("2000", ""));
    found(Optional.empty(), binary("2011", ENDS4));
    found(Optional.empty(), binary("20ff", "0102"));
    found(Optional.empty(), binary("2100", "0102"));
  }

  @Test
  void bytesThatDoNotAddUpAreMalformed() {
    assertInstanceOf(Result.Malformed.class, parse(binary("1111", ENDS4)));
    assertInstanceOf(Result.Malformed.class, parse(binary("2211", ENDS4)));
    assertInstanceOf(Result.Malformed.class, parse(binary("2112", ENDS4)));
    assertInstanceOf(Result.Malformed.class, parse(binary("2141", ENDS4)));
    assertInstanceOf(Result.Malformed.class, parse(binary("2111", ENDS4.substring(2))));
    assertInstanceOf(Result.Malformed.class, parse(binary("2121", ENDS4)));
    assertInstanceOf(Result.Malformed.class, parse(binary("2131", "00".repeat(215))));
    assertInstanceOf(Result.Malformed.class, parse(binary("2111", ENDS4 + "04")));
    assertInstanceOf(Result.Malformed.class, parse(binary("2111", ENDS4 + "040001")));
    assertInstanceOf(Result.Malformed.class, parse(text(SIGNATURE.replace("0a5155", "0a5156"))));
  }

  @Test
  void aHeaderMayBeAsLongAsTheLimitAndNoLonger() {
    int most = ProxyProtocol.longest() - 16;
    found(Optional.empty(), binary("2000", "00".repeat(most)));
    assertInstanceOf(Result.Malformed.class, parse(text(SIGNATURE + "2000" + "ffff")));
    assertInstanceOf(Result.Malformed.class, parse(binary("2000", "00".repeat(most + 1))));
  }
}
