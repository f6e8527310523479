package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.Cookie.SameSite;

class CookieTest {

  private static final Cookie PLAIN = Cookie.of("id", "42");

  private static void refused(Runnable step) {
    assertThrows(IllegalArgumentException.class, step::run);
  }

  @Test
  void aCookieIsSafeUnlessTheAppSaysOtherwise() {
    assertEquals("id=42; Path=/; HttpOnly; SameSite=Lax", PLAIN.field());
  }

  @Test
  void everyAttributeHasItsPlace() {
    Cookie full =
        PLAIN
            .withPath("/shop")
            .withDomain("shop.example")
            .withMaxAge(Duration.ofHours(1))
            .withSecure()
            .withScripts()
            .withSameSite(SameSite.NONE);
    assertEquals(
        "id=42; Path=/shop; Domain=shop.example; Max-Age=3600; Secure; SameSite=None",
        full.field());
    assertEquals(
        "id=; Path=/shop; Domain=shop.example; Max-Age=0; Secure; SameSite=None",
        full.gone().field());
  }

  @Test
  void anAnswerSetsAsManyCookiesAsItLikes() {
    Response response = Response.of(200).withCookie(PLAIN).withCookie(Cookie.of("b", ""));
    assertEquals(
        List.of(PLAIN.field(), "b=; Path=/; HttpOnly; SameSite=Lax"),
        response.headers().all("Set-Cookie"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a;b", "a b", "a,b", "a\"b", "a\\b", "a\r\nb", "\u00e4", "a\0", "a\u007f"})
  void whatWouldBreakOutOfTheFieldIsRefused(String text) {
    refused(() -> Cookie.of("id", text));
    refused(() -> Cookie.of(text, "42"));
    refused(() -> PLAIN.withDomain(text));
  }

  @Test
  void whatBrowsersWouldDropIsRefused() {
    refused(() -> Cookie.of("", "42"));
    refused(() -> Cookie.of("id", "x".repeat(4095)));
    refused(() -> PLAIN.withPath("shop"));
    refused(() -> PLAIN.withPath("/a;b"));
    refused(() -> PLAIN.withPath("/a\n"));
    refused(() -> PLAIN.withDomain(""));
    refused(() -> PLAIN.withMaxAge(Duration.ofSeconds(-1)));
    refused(() -> Response.of(200).withCookie(PLAIN.withSameSite(SameSite.NONE)));
    refused(() -> Response.of(200).withCookie(Cookie.of("__Secure-id", "42")));
    refused(() -> Cookie.of("__Host-id", "42").withSecure().withPath("/a").field());
    refused(() -> Cookie.of("__host-id", "42").withSecure().withDomain("a.b").field());
    assertEquals(
        "__Host-id=42; Path=/; Secure; HttpOnly; SameSite=Lax",
        Cookie.of("__Host-id", "42").withSecure().field());
  }
}
