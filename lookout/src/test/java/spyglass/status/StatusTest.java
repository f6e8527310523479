package spyglass.status;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import spyglass.control.Figures;
import spyglass.log.Plain;
import spyglass.process.Resident;

/** A status in words and in JSON. */
class StatusTest {

  private static final long NOW = 1_700_000_000_000L;

  private static final String ALL =
      """
      state awake
      since 1699999990000
      wanted 2
      name 4222
      listen http://0.0.0.0:4222
      version 1.2
      pid 17
      started 1699900000000
      wakes 2
      failed-wakes 1
      sleeps 1
      last-wake-reason connection
      last-boot-millis 120
      boot-millis-total 300
      served-total 12345
      lookout-resident 40000000
      last-error-at 1699999000000
      last-error the app "x" did not start
      stage serving
      in-flight 1
      worker pid=7 state=busy since=1699999995000 in-flight=1 served=34 rss=52000000
      error 2023-11-14T22:00:00Z worker 5 died
      """;

  private static final Words NOW_WORDS = new Words(NOW, ZoneOffset.UTC);
  private static final Memory MEMORY = new Memory(Map.of(17L, 40_000_000L, 7L, 52_000_000L), true);

  private static String words(String figures) {
    return StatusText.of(Figures.of(figures), MEMORY, NOW_WORDS);
  }

  @Test
  void inWordsItIsShortAlignedLines() {
    assertEquals(
        """
        server    4222 is awake since 22:13:10, 10 seconds
        listens   http://0.0.0.0:4222
        lookout   pid 17, 40.0 MB, version 1.2, started 13 Nov 18:26:40
        memory    92.0 MB in all: each page counts once (PSS)
        wakes     2 wakes, 1 failed, 1 sleep
                  the last by a connection; first worker ready after 0.12 s, on average 0.15 s
        served    12,345 requests
        workers   2 wanted, 0 replaced, 0 died
        master    serving
                  pid 7        busy     since 22:13:15, 1 in flight, 34 served, 52.0 MB
        errors    2023-11-14T22:00:00Z worker 5 died
                  21:56:40 the app "x" did not start
        """,
        words(ALL));
    assertTrue(words("state failing\nretry-at " + NOW + "\n").contains("503 until 22:13:20"));
    assertTrue(words("master-silent true\n").contains("the master does not answer"));
  }

  @Test
  void memoryIsSharedOutWhereTheKernelTellsAndElseItIsSaidSo() throws Exception {
    long we = ProcessHandle.current().pid();
    Memory known = Memory.of(Figures.of("pid " + we + "\nlookout-resident 1\n"));
    assertTrue(known.proportional() && known.all() > 1 << 20, known.toString());
    assertTrue(known.all() <= Resident.of(we) + (64 << 20), known.toString());
    Memory unknown = Memory.of(Figures.of("pid 0\nlookout-resident 7000000\n"));
    assertEquals(new Memory(Map.of(0L, 7_000_000L), false), unknown);
    String line = StatusTable.of(List.of(Figures.of("name a\n")), figures -> unknown, NOW_WORDS);
    assertTrue(line.contains("7.0 MB resident"), line);
  }

  @ParameterizedTest
  @CsvSource({
    "-5, 0 seconds",
    "1999, 1 second",
    "59999, 59 seconds",
    "720000, 12 minutes",
    "3900000, 1 hour 5 minutes",
    "180000000, 2 days 2 hours"
  })
  void aTimeIsSaidInItsLargestUnits(long millis, String words) {
    assertEquals(words, Words.duration(millis));
  }

  @Test
  void inJsonEveryFigureHasItsType() {
    String json = StatusJson.of(Figures.of(ALL), MEMORY);
    new JsonCheck(json).check();
    assertTrue(json.contains("\"state\": \"awake\""), json);
    assertTrue(json.contains("\"wakes\": 2"), json);
    assertTrue(json.contains("\"master_silent\": false"), json);
    assertTrue(json.contains("\"retry_at\": null"), json);
    assertTrue(json.contains("\"last_error\": \"the app \\\"x\\\" did not start\""), json);
    assertTrue(
        json.contains(
            "\"workers\": [{\"pid\": 7, \"state\": \"busy\", \"since\": 1699999995000,"
                + " \"in_flight\": 1, \"served\": 34, \"rss\": 52000000, \"pss\": 52000000}]"),
        json);
    assertTrue(json.contains("\"pss\": 92000000, \"master_silent\""), json);
    new JsonCheck(StatusJson.of(Figures.of("master-silent true"), MEMORY)).check();
    new JsonCheck("[" + StatusJson.text("\\ \" \t \u0001 \ud83d\ude00 \ud83d") + "]").check();
  }

  /** Root asks the servers of others, too. */
  @Test
  void whatAServerSaysOfItselfDoesNotSpeakToTheTerminal() throws Exception {
    String bad = "a\u001b[31m\u009b\u202e\r";
    List<String> names = List.of("name", "state", "listen", "version", "error", "last-error");
    String said = String.join(" " + bad + "\n", names) + " " + bad + "\nmaster-silent " + bad;
    Figures figures = Figures.of(said + "\nworker pid=1 state=" + bad);
    String json = StatusJson.of(figures, MEMORY);
    new JsonCheck(json).check();
    assertTrue(json.contains("\"name\": \"a\\u001b[31m\\u009b\\u202e\\u000d\""), json);
    String table = StatusTable.of(List.of(figures), any -> MEMORY, NOW_WORDS);
    for (String shown : List.of(json, table, StatusText.of(figures, MEMORY, NOW_WORDS))) {
      assertTrue(shown.chars().allMatch(c -> c == '\n' || Plain.isPlain((char) c)), shown);
    }
  }

  /** RFC 8259, as a parser that keeps nothing. */
  private static final class JsonCheck {
    private final String text;
    private int at;

    JsonCheck(String text) {
      this.text = text;
    }

    void check() {
      value();
      assertEquals(text.length(), at, text);
    }

    private void value() {
      blanks();
      char next = text.charAt(at);
      if (next == '{' || next == '[') {
        many(next == '{');
      } else if (next == '"') {
        match("\"(?:[^\"\\\\\\x00-\\x1f]|\\\\[\"\\\\/bfnrt]|\\\\u[0-9a-fA-F]{4})*\"");
      } else {
        match("true|false|null|-?(?:0|[1-9][0-9]*)(?:\\.[0-9]+)?");
      }
      blanks();
    }

    private void many(boolean members) {
      at++;
      blanks();
      while (text.charAt(at) != '}' && text.charAt(at) != ']') {
        if (members) {
          match("\"[a-z_]+\"");
          match(" *: *");
        }
        value();
        if (text.charAt(at) == ',') {
          at++;
          blanks();
        }
      }
      at++;
    }

    private void blanks() {
      match("[ \n]*");
    }

    private void match(String pattern) {
      var matcher =
          java.util.regex.Pattern.compile(pattern).matcher(text).region(at, text.length());
      assertTrue(matcher.lookingAt(), () -> pattern + " is not at " + text.substring(at));
      at = matcher.end();
    }
  }
}
