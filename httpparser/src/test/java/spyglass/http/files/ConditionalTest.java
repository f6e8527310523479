package spyglass.http.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import spyglass.http.Lint;
import spyglass.http.Request;

class ConditionalTest {

  private static final Instant CHANGED = Instant.parse("2026-02-09T08:05:00.5Z");
  private static final String DATE = "Mon, 09 Feb 2026 08:05:00 GMT";
  private static final String EARLIER = "Mon, 09 Feb 2026 08:04:59 GMT";
  private static final String LATER = "Mon, 09 Feb 2026 08:05:01 GMT";
  private static final String TAG = Version.of(10, CHANGED, CHANGED.plusSeconds(60)).tag();

  @TempDir private Path root;

  @BeforeEach
  void aFileOfTenBytes() throws IOException {
    Path file = Files.writeString(root.resolve("f.txt"), "0123456789");
    Files.setLastModifiedTime(file, FileTime.from(CHANGED));
  }

  private Lint.Answer ask(String method, int secondsLater, String... fields) throws Exception {
    Request request = Request.of(method, "/f.txt");
    for (int i = 0; i < fields.length; i += 2) {
      request = request.withHeader(fields[i], fields[i + 1].replace("TAG", TAG));
    }
    InstantSource clock = InstantSource.fixed(CHANGED.plusSeconds(secondsLater));
    return Lint.call(new Folder(root.toRealPath(), false, clock), request);
  }

  private int get(String... fields) throws Exception {
    return ask("GET", 60, fields).status();
  }

  @Test
  void anAnswerSaysWhichVersionItIs() throws Exception {
    Lint.Answer answer = ask("GET", 60);
    assertEquals(Optional.of(TAG), answer.headers().first("ETag"));
    assertEquals(Optional.of(DATE), answer.headers().first("Last-Modified"));
    assertEquals(Optional.of("bytes"), answer.headers().first("Accept-Ranges"));
  }

  @Test
  void aFileThatChangedJustNowPromisesLess() throws Exception {
    Lint.Answer fresh = ask("GET", 1);
    assertEquals(Optional.of("W/" + TAG), fresh.headers().first("ETag"));
    assertEquals(304, ask("GET", 1, "If-None-Match", "TAG").status());
    assertEquals(412, ask("GET", 1, "If-Match", "W/TAG").status());
    assertEquals(200, ask("GET", 1, "Range", "bytes=0-1", "If-Range", DATE).status());
    Lint.Answer future = ask("GET", -60);
    assertEquals(
        Optional.of("Mon, 09 Feb 2026 08:04:00 GMT"), future.headers().first("Last-Modified"));
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
    assertEquals(Optional.of(TAG), head.headers().first("ETag"));
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
    assertEquals(Optional.of(TAG), answer.headers().first("ETag"));
    assertEquals(200, ask("HEAD", 60, "Range", "bytes=2-4").status());
  }

  @Test
  void aRangeBeyondTheEndIsToldHowLongTheFileIs() throws Exception {
    Lint.Answer answer = ask("GET", 60, "Range", "bytes=10-");
    assertEquals(416, answer.status());
    assertEquals(Optional.of("bytes */10"), answer.headers().first("Content-Range"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TAG          | 206",
        "W/TAG   | 200",
        "\"x\"     | 200",
        DATE + " | 206",
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
