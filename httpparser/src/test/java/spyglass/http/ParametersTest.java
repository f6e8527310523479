package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.SocketAddress;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {

  private static final String FORM = "application/x-www-form-urlencoded";

  private static Request form(String type, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Request post = Request.of("POST", "/").withBody(RequestBody.of(bytes));
    return type.isEmpty() ? post : post.withHeader("Content-Type", type);
  }

  @ParameterizedTest
  @CsvSource({
    "a=b,            b",
    "a=,             ''",
    "a,              ''",
    "&&a=1&a=2,      1",
    "a=b=c,          b=c",
    "a=x+y%2Bz,      x y+z",
    "%61=%e2%82%ac,  \u20ac",
    "a=100%,         100%",
    "a=%zz%4,        %zz%4",
    "a=%ff,          \ufffd",
    "a=%26%3D,       &=",
    "a=%2525,        %25",
  })
  void aParameterIsDecodedOnce(String query, String value) {
    assertEquals(Optional.of(value), Request.of("GET", "/?" + query).parameter("a"));
  }

  @Test
  void parametersKeepTheirOrderAndMayRepeat() {
    Pairs pairs = Request.of("GET", "/?b=1&a=2&b=3").parameters();
    assertEquals(List.of("1", "3"), pairs.all("b"));
    assertEquals("b", pairs.iterator().next().name());
    assertEquals(3, pairs.size());
    assertEquals(Optional.empty(), pairs.first("B"));
    assertEquals(Pairs.NONE, Request.of("GET", "/").parameters());
  }

  @Test
  void aThousandParametersAreEnough() {
    Request request = Request.of("GET", "/?" + "a&".repeat(1001));
    assertEquals(413, assertThrows(BadRequest.class, request::parameters).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {FORM, "Application/X-WWW-form-urlencoded; charset=\"UTF-8\"", FORM + ";"})
  void aFormInTheBodyIsReadLikeAQuery(String type) throws Exception {
    Pairs pairs = form(type, "a=x+y&b=%e2%82%ac&c=\u20ac").form();
    assertEquals(Optional.of("x y"), pairs.first("a"));
    assertEquals(Optional.of("\u20ac"), pairs.first("b"));
    assertEquals(Optional.of("\u20ac"), pairs.first("c"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text/plain", FORM + "x", FORM + "; charset=latin1"})
  void aBodyOfAnotherTypeIsNoForm(String type) {
    assertEquals(415, assertThrows(BadRequest.class, () -> form(type, "a=b").form()).status());
  }

  @Test
  void aFormMayBeAsLargeAsTheAppSays() throws Exception {
    assertEquals(1, form(FORM, "a=bc").form(4).size());
    assertEquals(413, assertThrows(BadRequest.class, () -> form(FORM, "a=b").form(2)).status());
  }

  @Test
  void cookiesAreTakenAsTheyStandAndTheFirstOfAName() {
    Request request =
        Request.of("GET", "/")
            .withHeader("Cookie", "a=1; b=\"x y\" ;c==;a=2; noname; =x; d=%41")
            .withHeader("cookie", "e=5");
    assertEquals(Optional.of("1"), request.cookie("a"));
    assertEquals(Optional.of("\"x y\""), request.cookie("b"));
    assertEquals(Optional.of("="), request.cookie("c"));
    assertEquals(Optional.of("%41"), request.cookie("d"));
    assertEquals(Optional.of("5"), request.cookie("e"));
    assertEquals(Optional.empty(), request.cookie("noname"));
    assertEquals(List.of("1", "2"), request.cookies().all("a"));
    assertEquals(6, request.cookies().size());
  }

  @Test
  void aMistakeOfTheClientsBringsItsOwnAnswer() {
    BadRequest mistake = new BadRequest(413, "Too much.");
    assertEquals(413, mistake.response().status());
    assertThrows(IllegalArgumentException.class, () -> new BadRequest(500, "Ours."));
    assertEquals(0, mistake.getStackTrace().length);
  }

  @Test
  void aTestsVisitorIsFromThisMachine() {
    Peer peer = Request.of("GET", "/").peer();
    assertTrue(peer.host().equals("127.0.0.1") || peer.host().contains(":"), peer.host());
    assertEquals("http", peer.scheme());
    SocketAddress unix = UnixDomainSocketAddress.of("");
    Peer proxied = new Peer(unix, unix, "https");
    assertTrue(Request.of("GET", "/").withPeer(proxied).peer().secure());
    assertEquals("unix:", proxied.host());
  }
}
