package spyglass.worker;

import static java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class HttpDateTest {

  /** RFC 9110 wants two digits for the day; the JDK's RFC_1123 reads one or two and writes one. */
  private static final DateTimeFormatter FIXDATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

  private static void check(long second) {
    String text = HttpDate.render(second);
    Instant instant = Instant.ofEpochSecond(second);
    assertEquals(FIXDATE.format(instant.atZone(ZoneOffset.UTC)), text);
    assertEquals(instant, ZonedDateTime.parse(text, RFC_1123_DATE_TIME).toInstant());
    assertEquals(29, text.length());
  }

  @Test
  void theExampleOfTheRfc() {
    assertEquals("Sun, 06 Nov 1994 08:49:37 GMT", HttpDate.render(784_111_777));
  }

  @Test
  void everyDayOfThisCenturyIsWrittenAsTheJdkWritesIt() {
    long first = LocalDate.of(2000, 1, 1).toEpochDay();
    long last = LocalDate.of(2100, 12, 31).toEpochDay();
    LongStream.rangeClosed(first, last).forEach(day -> check(day * 86_400 + day % 86_400));
  }

  @Test
  void anySecondIsWrittenAsTheJdkWritesIt() {
    new Random(42).longs(20_000, 0, 253_402_300_800L).forEach(HttpDateTest::check);
  }

  @Test
  void nowIsNow() {
    long before = System.currentTimeMillis() / 1000;
    String text = new HttpDate().now();
    long after = System.currentTimeMillis() / 1000;
    long said = ZonedDateTime.parse(text, RFC_1123_DATE_TIME).toEpochSecond();
    assertEquals(Math.clamp(said, before, after), said);
  }
}
