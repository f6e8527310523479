package spyglass.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.BadRequest;
import spyglass.http.Lint;
import spyglass.http.Request;

class FolderTest {

  @TempDir private Path temp;
  private Path root = Path.of("");

  @BeforeEach
  void aFolderBesideASecret() throws IOException {
    root = Files.createDirectories(temp.resolve("www"));
    Files.writeString(temp.resolve("secret"), "secret");
    Files.writeString(temp.resolve("www-secret"), "secret");
    Files.writeString(root.resolve("index.html"), "home");
    Files.writeString(root.resolve("a b.txt"), "text");
    Files.writeString(root.resolve(".env"), "secret");
    Files.createDirectories(root.resolve(".git"));
    Files.writeString(root.resolve(".git/config"), "secret");
    Files.createDirectories(root.resolve("a:b c"));
    Files.writeString(root.resolve("a:b c/index.html"), "inner");
    Files.createDirectories(root.resolve("bare"));
    Files.createSymbolicLink(root.resolve("out"), temp.resolve("secret"));
    Files.createSymbolicLink(root.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(root.resolve("loop"), Path.of("loop"));
    Files.createSymbolicLink(root.resolve("inside"), Path.of("a b.txt"));
    Files.createSymbolicLink(root.resolve("innocent"), Path.of(".git/config"));
  }

  private Lint.Answer get(String target) throws Exception {
    return Lint.call(new Folder(root), Request.of("GET", target));
  }

  @ParameterizedTest
  @CsvSource({
    "/,              text/html; charset=utf-8,  home",
    "/index.html,    text/html; charset=utf-8,  home",
    "/a%20b.txt?v=1, text/plain; charset=utf-8, text",
    "/a:b%20c/,      text/html; charset=utf-8,  inner",
    "/x/../a%20b.txt, text/plain; charset=utf-8, text",
    "/../..//..,     text/html; charset=utf-8,  home",
    "/inside,        text/plain; charset=utf-8, text",
  })
  void aFileIsServedUnderItsName(String target, String type, String content) throws Exception {
    Lint.Answer answer = get(target);
    assertEquals(200, answer.status());
    assertEquals(content, answer.text());
    assertEquals(Optional.of(type), answer.headers().first("Content-Type"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/none",
        "/index.html/",
        "/index.html/x",
        "/bare/",
        "/out",
        "/up/secret",
        "/up/",
        "/loop",
        "/.env",
        "/.git/config",
        "/%2egit/config",
        "/innocent",
        "//index.html",
        "/a//b",
        "//",
        "/../secret",
        "/%2e%2e/secret",
        "/../www-secret",
        "/up/www-secret",
        "/up/www/index.htm"
      })
  void whatIsOutsideHiddenOrNotThereIsNotFound(String target) throws Exception {
    Lint.Answer answer = get(target);
    assertEquals(404, answer.status());
    assertFalse(answer.text().contains("secret"));
  }

  @Test
  void aNameLongerThanAnyFilesIsNotFound() throws Exception {
    assertEquals(404, get("/" + "x".repeat(5000)).status());
    assertEquals(404, get("/" + "x/".repeat(3000)).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/%00", "/a%00.txt", "/..%2fsecret", "/..%5csecret", "/%c0%ae./secret"})
  void aPathWithoutASafeReadingIsTheClientsMistake(String target) {
    assertThrows(BadRequest.class, () -> get(target));
  }

  @Test
  void aPipeIsNotOpened() throws Exception {
    Process mkfifo = new ProcessBuilder("mkfifo", root.resolve("pipe").toString()).start();
    assertEquals(0, mkfifo.waitFor());
    assertEquals(404, get("/pipe").status());
  }

  @Test
  void hiddenFilesAreThereForWhoWantsThem() throws Exception {
    Folder all = new Folder(root).withHidden();
    assertEquals("secret", Lint.call(all, Request.of("GET", "/.git/config")).text());
    assertEquals(404, Lint.call(all, Request.of("GET", "/../secret")).status());
  }

  @Test
  void aFolderWithoutItsSlashIsSentThereOnTheSameHost() throws Exception {
    Lint.Answer answer = get("/a:b%20c?q=%20\u00e9");
    assertEquals(301, answer.status());
    assertEquals(Optional.of("./a:b%20c/?q=%20%E9"), answer.headers().first("Location"));
  }

  @Test
  void headIsAnsweredLikeGetAndNothingElseIs() throws Exception {
    Lint.Answer head = Lint.call(new Folder(root), Request.of("HEAD", "/"));
    assertEquals(get("/").headers(), head.headers());
    assertEquals(0, head.body().length);
    for (String method : List.of("POST", "PUT", "DELETE", "get")) {
      Lint.Answer no = Lint.call(new Folder(root), Request.of(method, "/"));
      assertEquals(405, no.status());
      assertEquals(Optional.of("GET, HEAD"), no.headers().first("Allow"));
    }
  }

  @Test
  void theRootMayBeALinkButMustBeThere() throws Exception {
    Path link = Files.createSymbolicLink(temp.resolve("current"), root);
    assertEquals("home", Lint.call(new Folder(link), Request.of("GET", "/")).text());
    assertThrows(IOException.class, () -> new Folder(temp.resolve("none")));
  }

  @Test
  void whatIsNotKnownIsBytes() {
    assertEquals("application/octet-stream", Types.of(Path.of("x.unheard")));
    assertEquals("application/octet-stream", Types.of(Path.of("x")));
    assertEquals("image/jpeg", Types.of(Path.of("x.JPG")));
    assertTrue(Types.of(Path.of("x.svg")).startsWith("image/svg"));
  }
}
