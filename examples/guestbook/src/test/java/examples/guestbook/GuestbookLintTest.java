package examples.guestbook;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.http.App;
import spyglass.http.Lint;
import spyglass.http.Request;
import spyglass.http.RequestBody;
import spyglass.http.Response;

final class GuestbookLintTest {

  @TempDir Path folder;
  private Path file = Path.of("set before each test");
  private App app = request -> Response.of(500);

  @BeforeEach
  void openAnEmptyBook() throws Exception {
    file = folder.resolve("new folder/guestbook.db");
    app = new Guestbook(file);
  }

  private static Request form(String body) {
    return Request.of("POST", "/")
        .withHeader("Content-Type", "application/x-www-form-urlencoded")
        .withBody(RequestBody.of(body.getBytes(StandardCharsets.UTF_8)));
  }

  private static Request signed(String name, String words) {
    return form("name=" + encode(name) + "&words=" + encode(words));
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String page(App app) throws Exception {
    Lint.Answer answer = Lint.call(app, Request.of("GET", "/"));
    assertEquals(200, answer.status());
    return answer.text();
  }

  @Test
  void theServiceFileNamesTheAppAndItsFileIsInTheDataFolder() throws Exception {
    App found = ServiceLoader.load(App.class).findFirst().orElseThrow();

    assertTrue(page(found).contains("<html lang=\"en\">"));
    assertTrue(Files.exists(Folders.data().resolve("guestbook.db")));
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost, 303",
    "https://LocalHost, 303",
    "http://localhost:81, 403",
    "http://evil.example, 403",
    "http://evil.example//localhost, 403",
    "null, 403"
  })
  void aFormOnAnotherSitesPageSignsNothing(String origin, int status) throws Exception {
    Request posted = signed("Ann", "Hello").withHeader("Origin", origin);

    assertEquals(status, Lint.call(app, posted).status());
    assertEquals(status == 303, page(app).contains("Hello"));
  }

  @Test
  void anEmptyBookInvites() throws Exception {
    String page = page(app);

    assertTrue(page.contains("Be the first"));
    assertTrue(page.contains("Process " + ProcessHandle.current().pid() + " made this page"));
  }

  @Test
  void whoSignsIsSentBackToThePageWithTheEntry() throws Exception {
    Lint.Answer answer = Lint.call(app, signed("Zoë 🦉", "first line\r\nsecond & last"));

    assertEquals(303, answer.status());
    assertEquals("/", answer.headers().first("Location").orElseThrow());
    String page = page(app);
    assertTrue(page.contains(">Zoë 🦉</h3>"), page);
    assertTrue(page.contains(">first line\nsecond &amp; last</p>"), page);
  }

  @Test
  void entriesOutliveTheAppThatTookThem() throws Exception {
    Lint.call(app, signed("Ada", "still here"));

    assertTrue(page(new Guestbook(file)).contains("still here"));
  }

  @Test
  void theNewestHundredAreShownNewestFirst() throws Exception {
    for (int i = 1; i <= 102; i++) {
      Lint.call(app, signed("visitor", "entry number " + i + "."));
    }

    String page = page(app);

    assertTrue(page.indexOf("number 102.") < page.indexOf("number 101."));
    assertTrue(page.contains("number 3."));
    assertFalse(page.contains("number 2."));
  }

  @Test
  void whatLooksLikeMarkupStaysText() throws Exception {
    Lint.call(app, signed("<b>'Bob'</b>", "</p><script>alert(\"1\")</script>"));

    String page = page(app);

    assertFalse(page.contains("<script>"));
    assertTrue(page.contains("&lt;b&gt;&#39;Bob&#39;&lt;/b&gt;"));
    assertTrue(page.contains("&lt;script&gt;alert(&quot;1&quot;)"));
  }

  @Test
  void whatLooksLikeSqlStaysText() throws Exception {
    Lint.call(app, signed("Robert'); DROP TABLE entry;--", "hello %s %d"));

    assertTrue(page(app).contains("hello %s %d"));
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 0", "61, 1", "1, 1001"})
  void aFieldOfTheWrongLengthIsSentBackToBeMended(int name, int words) throws Exception {
    Lint.Answer answer = Lint.call(app, signed("n".repeat(name), "w".repeat(words)));

    assertEquals(400, answer.status());
    assertTrue(answer.text().contains("role=\"alert\""));
    assertTrue(answer.text().contains("\n" + "w".repeat(words) + "</textarea>"));
    assertTrue(page(app).contains("Be the first"));
  }

  @Test
  void theLongestFieldsAreTakenWhateverTheAlphabet() throws Exception {
    String name = "é".repeat(Form.LONGEST_NAME);
    String words = "語".repeat(Form.LONGEST_WORDS);

    assertEquals(303, Lint.call(app, signed(name, words)).status());
    assertTrue(page(app).contains(words));
  }

  @Test
  void whatIsNoFormIsRefused() throws Exception {
    Request json = Request.of("POST", "/").withHeader("Content-Type", "application/json");

    assertEquals(415, Lint.call(app, json).status());
    assertEquals(415, Lint.call(app, Request.of("POST", "/")).status());
    assertEquals(400, Lint.call(app, form("name=%zz&words=w")).status());
    assertEquals(400, Lint.call(app, form("")).status());
    assertEquals(413, Lint.call(app, form("words=" + "w".repeat(20_000))).status());
  }

  @Test
  void otherPathsAndMethodsAreRefused() throws Exception {
    Lint.Answer delete = Lint.call(app, Request.of("DELETE", "/"));

    assertEquals(405, delete.status());
    assertEquals("GET, HEAD, POST", delete.headers().first("Allow").orElseThrow());
    assertEquals(404, Lint.call(app, Request.of("GET", "/favicon.ico")).status());
    assertEquals(200, Lint.call(app, Request.of("HEAD", "/")).status());
  }

  @Test
  void severalAppsAndThreadsWriteToOneFileAtOnceAndNoEntryIsLost() throws Exception {
    List<Future<Lint.Answer>> answers = new ArrayList<>();
    try (var threads = Executors.newFixedThreadPool(6)) {
      for (int i = 0; i < 60; i++) {
        App one = i % 2 == 0 ? app : new Guestbook(file);
        Request request = signed("visitor " + i, "words");
        answers.add(threads.submit(() -> Lint.call(one, request)));
      }
    }

    for (Future<Lint.Answer> answer : answers) {
      assertEquals(303, answer.get().status());
    }
    assertEquals(60, page(app).split("<article>", -1).length - 1);
  }

  @Test
  void theDriverUnpacksNothingIntoTheTemporaryFolder() throws Exception {
    assertTrue(Files.isDirectory(Folders.cache()));
    try (var libraries = Files.list(Folders.cache())) {
      assertEquals(1, libraries.count());
    }
    assertEquals(Folders.cache().toString(), System.getProperty("org.sqlite.lib.path", "not set"));
  }
}
