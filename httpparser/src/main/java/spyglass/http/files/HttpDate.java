package spyglass.http.files;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Dates in fields (RFC 9110 section 5.6.7): one way to write them, three to read. */
final class HttpDate {

  private static final DateTimeFormatter FIXED = of("EEE, dd MMM uuuu HH:mm:ss 'GMT'");
  private static final DateTimeFormatter ASCTIME = of("EEE MMM ppd HH:mm:ss uuuu");

  private HttpDate() {}

  private static DateTimeFormatter of(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).withZone(ZoneOffset.UTC);
  }

  /** RFC 850 wrote two digits of the year: they mean one not more than 50 years ahead. */
  private static DateTimeFormatter rfc850(Instant now) {
    LocalDate earliest = LocalDate.ofInstant(now, ZoneOffset.UTC).minusYears(49);
    return new DateTimeFormatterBuilder()
        .appendPattern("EEEE, dd-MMM-")
        .appendValueReduced(ChronoField.YEAR, 2, 2, earliest)
        .appendPattern(" HH:mm:ss 'GMT'")
        .toFormatter(Locale.ENGLISH)
        .withZone(ZoneOffset.UTC);
  }

  static String write(Instant time) {
    return FIXED.format(time);
  }

  /** The time, or nothing for what is no date. */
  static Optional<Instant> read(String text, Instant now) {
    for (DateTimeFormatter format : List.of(FIXED, rfc850(now), ASCTIME)) {
      try {
        return Optional.of(format.parse(text, Instant::from));
      } catch (DateTimeException e) {
        // Perhaps one of the others.
      }
    }
    return Optional.empty();
  }
}
