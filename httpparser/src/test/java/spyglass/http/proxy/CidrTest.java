package spyglass.http.proxy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CidrTest {

  private static boolean contains(String block, String address) {
    return Cidr.parse(block).contains(InetAddress.ofLiteral(address));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.1.2",
    "10.1.2.3/8, 10.255.1.2",
    "192.0.2.128/25, 192.0.2.128",
    "192.0.2.1, 192.0.2.1",
    "0.0.0.0/0, 255.255.255.255",
    "::/0, 2001:db8::1",
    "fd00::/8, fdff::1",
    "2001:db8::/33, 2001:db8:7fff::",
    "::1, 0:0:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1"
  })
  void anAddressThatSharesTheFirstBitsIsInTheBlock(String block, String address) {
    assertTrue(contains(block, address));
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 11.0.0.0",
    "192.0.2.128/25, 192.0.2.127",
    "192.0.2.1, 192.0.2.0",
    "0.0.0.0/0, ::1",
    "::/0, 192.0.2.1",
    "2001:db8::/33, 2001:db8:8000::",
    "::1, ::2"
  })
  void anyOtherIsNot(String block, String address) {
    assertFalse(contains(block, address));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/8",
        "10.0.0.0/",
        "10.0.0.0/33",
        "10.0.0.0/-1",
        "10.0.0.0/08",
        "10.0.0.0/+8",
        "::/129",
        "10/8",
        "127.1",
        "010.0.0.1",
        "256.0.0.1",
        "1.2.3.4.5",
        "localhost",
        "[::1]",
        "fe80::1%lo",
        "1::2::3",
        ":::",
        "1:2:3:4:5:6:7:8:9",
        "12345::",
        "10.0.0.0/8/8",
        "10.0.0.0 /8",
        "::ffff:10.0.0.0/104",
        "::10.0.0.01",
        "a\nb"
      })
  void whatIsNoBlockIsRefusedInOneLine(String text) {
    String said = assertThrows(IllegalArgumentException.class, () -> Cidr.list(text)).getMessage();
    assertTrue(said != null && said.lines().count() == 1, said);
  }

  @Test
  void aListHasCommasAndPerhapsBlanks() {
    assertEquals(3, Cidr.list("10.0.0.0/8, fd00::/8 ,192.0.2.1").size());
    assertThrows(IllegalArgumentException.class, () -> Cidr.list("10.0.0.0/8,"));
  }
}
