package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DecodedPathTest {

  @ParameterizedTest
  @CsvSource({
    "/,                     /",
    "/a/b?c=%2f,            /a/b",
    "http://h/%41,          /A",
    "*,                     *",
    "/a%20b+c,              /a b+c",
    "/%e2%82%ac,            /\u20ac",
    "/\u00e2\u0082\u00ac,   /\u20ac",
    "/%252e%252e/%2541,     /%2e%2e/%41",
    "/a/./b/../c,           /a/c",
    "/a/b/..,               /a/",
    "/a/.,                  /a/",
    "/..,                   /",
    "/../../etc/passwd,     /etc/passwd",
    "/a/%2e%2E/%2e/b,       /b",
    "/a/.%2e/b,             /b",
    "/...,                  /...",
    "/..a/.b,               /..a/.b",
    "//a//,                 //a//",
    "/a//../b,              /a/b",
  })
  void aPathIsDecodedOnceAndItsDotsAreResolved(String target, String path) {
    assertEquals(path, Request.of("GET", target).decodedPath());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%",
        "/%4",
        "/%zz",
        "/%+1",
        "/a%2",
        "/%\u0664\u0661", // no escape
        "/%ff",
        "/%c0%ae",
        "/%c0%af",
        "/%e2%82",
        "/\u00ff",
        "/%ed%a0%80", // no UTF-8
        "/%00",
        "/a%00.html",
        "/%0d%0aSet-Cookie:x",
        "/%7f",
        "/%c2%85", // control characters
        "/..%2f..%2fetc",
        "/%2F",
        "/%5c",
        "/..\\..",
        "a",
        "" // separators
      })
  void aPathWithoutASafeReadingIsTheClientsMistake(String target) {
    Request request = Request.of("GET", target.isEmpty() ? "x" : target);
    assertEquals(400, assertThrows(BadRequest.class, request::decodedPath).status());
  }

  @Test
  void whateverAClientMixesNothingClimbsAboveTheRoot() {
    List<String> pieces =
        List.of("/", ".", "..", "%2e", "%2E", "a", "//", "%25", "%2f", ";", "%5c");
    Random random = new Random(1);
    for (int round = 0; round < 20_000; round++) {
      StringBuilder target = new StringBuilder("/");
      for (int i = random.nextInt(8); i > 0; i--) {
        target.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        String path = Request.of("GET", target.toString()).decodedPath();
        assertTrue(path.startsWith("/"), path);
        assertFalse(List.of(path.split("/", -1)).contains(".."), path);
      } catch (BadRequest e) {
        assertEquals(400, e.status());
      }
    }
  }
}
