package spyglass.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.App;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Lint;
import spyglass.http.Request;
import spyglass.http.Response;

class ConditionalTest {

  private static final Instant CHANGED = Instant.parse("2026-02-09T08:05:00.5Z");
  private static final String DATE = "Mon, 09 Feb 2026 08:05:00 GMT";
  private static final String EARLIER = "Mon, 09 Feb 2026 08:04:59 GMT";
  private static final String LATER = "Mon, 09 Feb 2026 08:05:01 GMT";

  @TempDir private Path root;
  private Path file = Path.of("");
  private String tag = "";

  @BeforeEach
  void aFileOfTenBytes() throws Exception {
    file = Files.writeString(root.resolve("f.txt"), "0123456789");
    Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    tag = ask("GET", 60).headers().first("ETag").orElseThrow();
  }

  private Lint.Answer ask(String method, int secondsLater, String... fields) throws Exception {
    Request request = Request.of(method, "/f.txt");
    for (int i = 0; i < fields.length; i += 2) {
      request = request.withHeader(fields[i], fields[i + 1].replace("TAG", tag));
    }
    Instant now = changeTime().plusSeconds(secondsLater);
    return Lint.call(asked -> answer(asked, now), request);
  }

  /** What nobody can set. */
  private Instant changeTime() throws IOException {
    return ((FileTime) Files.getAttribute(file, "unix:ctime")).toInstant();
  }

  private Response answer(Request request, Instant now) throws IOException {
    Response whole = new Folder(root).call(request);
    Body.File body = (Body.File) whole.body();
    Response cut = FileAnswer.of(request.method(), request.headers(), whole, body, now);
    // As a stream, so that Lint does not do it again with its own clock.
    return cut.body() instanceof Body.File part
        ? new Response(cut.status(), cut.headers(), new Body.Stream(part::writeTo))
        : cut;
  }

  private int get(String... fields) throws Exception {
    return ask("GET", 60, fields).status();
  }

  @Test
  void anAnswerSaysWhichVersionItIs() throws Exception {
    Lint.Answer answer = ask("GET", 60);
    assertEquals(Optional.of(tag), answer.headers().first("ETag"));
    assertEquals(Optional.of(DATE), answer.headers().first("Last-Modified"));
    assertEquals(Optional.of("bytes"), answer.headers().first("Accept-Ranges"));
  }

  @Test
  void aFileThatChangedJustNowPromisesNothing() throws Exception {
    for (int later : new int[] {-60, 0, 2}) {
      Lint.Answer fresh = ask("GET", later);
      assertFalse(fresh.headers().has("ETag") || fresh.headers().has("Last-Modified"));
      assertEquals(200, ask("GET", later, "If-None-Match", "TAG").status());
      assertEquals(200, ask("GET", later, "If-Modified-Since", LATER).status());
      assertEquals(412, ask("GET", later, "If-Match", "TAG").status());
      assertEquals(200, ask("GET", later, "Range", "bytes=0-1", "If-Range", "TAG").status());
      assertEquals(206, ask("GET", later, "Range", "bytes=0-1").status());
    }
  }

  @Test
  void aDateInTheFutureIsNotTold() throws Exception {
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse("2999-01-01T00:00:00Z")));
    String told = ask("GET", 60).headers().first("Last-Modified").orElseThrow();
    assertEquals(HttpDate.write(changeTime().plusSeconds(60)), told);
  }

  private void assertIsAnother() throws Exception {
    assertEquals(FileTime.from(CHANGED), Files.getLastModifiedTime(file));
    assertEquals(200, get("If-None-Match", "TAG"));
    assertEquals(412, get("If-Match", "TAG"));
    assertEquals(200, get("Range", "bytes=0-1", "If-Range", "TAG"));
  }

  @Test
  void anotherFileOfTheSameSizeAndTimeHasAnotherTag() throws Exception {
    Path other = Files.writeString(root.resolve("other"), "9876543210");
    Files.setLastModifiedTime(other, FileTime.from(CHANGED));
    Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
    assertIsAnother();
  }

  @Test
  void aFileThatIsRewrittenInPlaceWithItsTimeSetBackHasAnotherTag() throws Exception {
    Files.writeString(file, "9876543210");
    Files.setLastModifiedTime(file, FileTime.from(CHANGED));
    assertIsAnother();
  }

  @Test
  void twoFilesThatOneLinkPointsToHaveTwoTags() {
    Version one = Version.of(1, CHANGED, CHANGED, 10, CHANGED.plusSeconds(60));
    Version other = Version.of(2, CHANGED, CHANGED, 10, CHANGED.plusSeconds(60));
    assertNotEquals(one.tag(), other.tag());
  }

  @Test
  void aChangeTimeWithoutAPartOfASecondIsStoredAndPromisesNoBytes() {
    Instant stored = CHANGED.truncatedTo(ChronoUnit.SECONDS);
    Version version = Version.of(1, stored, stored, 10, CHANGED.plusSeconds(60));
    assertTrue(version.tag().orElseThrow().startsWith("W/"));
  }

  @Test
  void aFileInAnArchiveHasNoChangeTimeAndPromisesNoBytes() throws Exception {
    URI jar = URI.create("jar:" + root.resolve("a.zip").toUri());
    try (FileSystem zip = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path inside = Files.writeString(zip.getPath("f.txt"), "0123456789");
      Files.setLastModifiedTime(inside, FileTime.from(CHANGED));
      App app = request -> Response.file("text/plain", inside);
      Lint.Answer answer = Lint.call(app, Request.of("GET", "/").withHeader("Range", "bytes=2-3"));
      assertEquals("23", answer.text());
      assertTrue(answer.headers().first("ETag").orElseThrow().startsWith("W/"));
    }
  }

  @Test
  void whatTheAppSaysOfItsFileCounts() throws Exception {
    App app =
        request ->
            Response.file("text/plain", file)
                .withHeader("ETag", "\"v1\"")
                .withHeader("Cache-Control", "no-cache");
    Request request = Request.of("GET", "/");
    Lint.Answer known = Lint.call(app, request.withHeader("If-None-Match", "\"v1\""));
    assertEquals(304, known.status());
    assertEquals(
        Headers.of("ETag", "\"v1\"")
            .with("Cache-Control", "no-cache")
            .with("Accept-Ranges", "bytes"),
        known.headers());
    Request range = request.withHeader("Range", "bytes=-2").withHeader("If-Range", "\"v1\"");
    assertEquals("89", Lint.call(app, range).text());
    App whole = asked -> app.call(asked).setHeader("Accept-Ranges", "none");
    assertEquals(200, Lint.call(whole, range).status());
  }

  @Test
  void onlyAWholeAnswerToAGetOrHeadIsCut() throws Exception {
    App app = request -> Response.file("text/plain", file);
    Request range = Request.of("POST", "/").withHeader("Range", "bytes=0-1");
    assertEquals("0123456789", Lint.call(app, range).text());
    assertFalse(Lint.call(app, range).headers().has("ETag"));
    App missing = request -> app.call(request).withStatus(404);
    Request get = Request.of("GET", "/").withHeader("Range", "bytes=0-1");
    assertEquals(404, Lint.call(missing, get).status());
    Headers type = Headers.of("Content-Type", "a/b").with("Content-Length", "4");
    App part = request -> new Response(200, type, new Body.File(file, 4, 4));
    Lint.Answer inner = Lint.call(part, get);
    assertEquals("45", inner.text());
    assertEquals(Optional.of("bytes 0-1/4"), inner.headers().first("Content-Range"));
    assertFalse(inner.headers().has("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAG                | 304",
        "W/TAG              | 304",
        "\"a,b\", TAG       | 304",
        "\"x\"              | 200",
        "*                  | 304",
        "TAG, broken        | 200",
        "TAG x              | 200",
        "\"x\" TAG          | 200",
      })
  void whatTheClientHasIsNotSentAgain(String tags, int status) throws Exception {
    assertEquals(status, get("If-None-Match", tags));
    Lint.Answer head = ask("HEAD", 60, "If-None-Match", tags);
    assertEquals(status, head.status());
    assertEquals(Optional.of(tag), head.headers().first("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"TAG | 200", "* | 200", "\"x\", TAG | 200", "W/TAG | 412", "\"x\" | 412", "x | 412"})
  void onlyTheExpectedVersionIsSent(String tags, int status) throws Exception {
    assertEquals(status, get("If-Match", tags));
  }

  @Test
  void datesCountToTheSecond() throws Exception {
    assertEquals(304, get("If-Modified-Since", DATE));
    assertEquals(304, get("If-Modified-Since", LATER));
    assertEquals(200, get("If-Modified-Since", EARLIER));
    assertEquals(200, get("If-Unmodified-Since", DATE));
    assertEquals(412, get("If-Unmodified-Since", EARLIER));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "yesterday", "2026-02-09T08:05:00Z", "Tue, 09 Feb 2026 08:05:00 GMT"})
  void whatIsNoDateDoesNotCount(String text) throws Exception {
    assertEquals(200, get("If-Modified-Since", text));
    assertEquals(200, get("If-Unmodified-Since", text));
    assertEquals(200, get("If-Modified-Since", DATE, "If-Modified-Since", DATE));
  }

  @ParameterizedTest
  @ValueSource(strings = {DATE, "Monday, 09-Feb-26 08:05:00 GMT", "Mon Feb  9 08:05:00 2026"})
  void aDateHasThreeSpellings(String date) throws Exception {
    assertEquals(304, get("If-Modified-Since", date));
  }

  @Test
  void twoDigitsOfAYearAreNotFarAhead() {
    Instant now = Instant.parse("2026-01-01T00:00:00Z");
    assertEquals(
        Optional.of(Instant.parse("1994-11-06T08:49:37Z")),
        HttpDate.read("Sunday, 06-Nov-94 08:49:37 GMT", now));
  }

  @Test
  void aTagOutweighsADateAndAMatchComesFirst() throws Exception {
    assertEquals(200, get("If-None-Match", "\"x\"", "If-Modified-Since", DATE));
    assertEquals(304, get("If-None-Match", "TAG", "If-Modified-Since", EARLIER));
    assertEquals(200, get("If-Match", "TAG", "If-Unmodified-Since", EARLIER));
    assertEquals(412, get("If-Match", "\"x\"", "If-None-Match", "TAG"));
    assertEquals(412, get("If-Unmodified-Since", EARLIER, "If-None-Match", "TAG"));
    assertEquals(304, get("If-None-Match", "TAG", "Range", "bytes=0-1"));
  }

  @Test
  void aRangeIsAnsweredWithItsPlace() throws Exception {
    Lint.Answer answer = ask("GET", 60, "Range", "bytes=2-4");
    assertEquals(206, answer.status());
    assertEquals("234", answer.text());
    assertEquals(Optional.of("bytes 2-4/10"), answer.headers().first("Content-Range"));
    assertEquals(Optional.of(tag), answer.headers().first("ETag"));
    assertEquals(200, ask("HEAD", 60, "Range", "bytes=2-4").status());
  }

  @Test
  void aRangeBeyondTheEndIsToldHowLongTheFileIs() throws Exception {
    Lint.Answer answer = ask("GET", 60, "Range", "bytes=10-");
    assertEquals(416, answer.status());
    assertEquals(Optional.of("bytes */10"), answer.headers().first("Content-Range"));
    assertEquals("The file has no such bytes.\n", answer.text());
    assertFalse(answer.headers().has("ETag"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAG          | 206",
        "W/TAG   | 200",
        "\"x\"     | 200",
        DATE + " | 200",
        EARLIER + "   | 200",
        LATER + "| 200",
        "nonsense | 200"
      })
  void aRangeOfAnotherVersionIsNotSent(String condition, int status) throws Exception {
    assertEquals(status, get("Range", "bytes=0-1", "If-Range", condition));
  }

  @Test
  void severalRangesAreWrappedEachWithItsPlace() throws Exception {
    String content = "x".repeat(500) + "END";
    Files.writeString(root.resolve("f.txt"), "START" + content);
    Lint.Answer answer = ask("GET", 60, "Range", "bytes=-3,0-4");
    assertEquals(206, answer.status());
    String type = answer.headers().first("Content-Type").orElseThrow();
    assertTrue(type.startsWith("multipart/byteranges; boundary=part-"), type);
    String line = "--" + type.substring(type.indexOf('=') + 1);
    String part = "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes ";
    assertEquals(
        ("\r\n" + line + part + "505-507/508\r\n\r\nEND")
            + ("\r\n" + line + part + "0-4/508\r\n\r\nSTART")
            + ("\r\n" + line + "--\r\n"),
        answer.text());
    assertFalse(answer.headers().has("Content-Range"));
  }
}
