package spyglass.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseTest {

  @TempDir private Path folder;

  @Test
  void settingReplacesAndAddingAdds() {
    Response some = Response.of(200).withHeader("A", "1").withHeader("B", "2").withHeader("a", "3");
    assertEquals(Headers.of("A", "4").with("B", "2"), some.setHeader("A", "4").headers());
    assertEquals(List.of("1", "3"), some.headers().all("A"));
    assertEquals(Optional.of("5"), some.setHeader("C", "5").headers().first("c"));
  }

  @Test
  void aTextMayBringAStatus() throws Exception {
    Lint.Answer answer = Lint.call(request -> Response.text(404, "no"), Request.of("GET", "/"));
    assertEquals(404, answer.status());
    assertEquals("no", answer.text());
  }

  @Test
  void bytesAndFilesGoOutAsTheyAre() throws Exception {
    Path file = Files.writeString(folder.resolve("f"), "content");
    Response whole = Response.file("text/plain", file);
    assertEquals("content", Lint.call(request -> whole, Request.of("GET", "/")).text());
    Response part = new Response(200, whole.headers(), new Body.File(file, 3, 2));
    assertEquals("te", Lint.call(request -> part, Request.of("GET", "/")).text());
    Response bytes = Response.bytes("image/png", new byte[] {1});
    assertEquals(1, Lint.call(request -> bytes, Request.of("GET", "/")).body().length);
    assertThrows(
        NoSuchFileException.class, () -> Response.file("text/plain", folder.resolve("none")));
  }

  @Test
  void aFileIsFramedByItsLength() {
    Response file =
        new Response(200, Headers.of("Content-Type", "a/b"), new Body.File(folder, 1, 7));
    Head get = new Head("GET", "/", "HTTP/1.1", Headers.NONE, Framing.NONE);
    assertEquals(new Reply.Frame.Length(7), Reply.to(get, file, true, "now").framing());
    Response lies = file.withHeader("Content-Length", "8");
    assertThrows(IllegalArgumentException.class, () -> Reply.to(get, lies, true, "now"));
  }

  @Test
  void aFileThatShrankIsNotPaddedAndAnImpossiblePartIsNone() throws IOException {
    Path file = Files.writeString(folder.resolve("f"), "abc");
    Body.File shrunk = new Body.File(file, 1, 3);
    assertThrows(EOFException.class, () -> shrunk.writeTo(new ByteArrayOutputStream()));
    LintTest.breaks(
        Lint.Clause.FILE_WHOLE, new Response(200, Headers.of("Content-Type", "a/b"), shrunk));
    assertThrows(IllegalArgumentException.class, () -> new Body.File(file, -1, 1));
    assertThrows(IllegalArgumentException.class, () -> new Body.File(file, 1, Long.MAX_VALUE));
  }

  @Test
  void aRedirectNamesItsKindAndItsPlace() {
    Response there = Response.redirect(308, "/there?a=b");
    assertEquals(308, there.status());
    assertEquals(Optional.of("/there?a=b"), there.headers().first("Location"));
    for (int status : new int[] {200, 300, 304, 305, 306, 309}) {
      assertThrows(IllegalArgumentException.class, () -> Response.redirect(status, "/"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/a b", "/a\r\nSet-Cookie: b", "/\u00e4"})
  void aLocationThatIsNoUriIsRefused(String location) {
    assertThrows(IllegalArgumentException.class, () -> Response.redirect(302, location));
  }
}
