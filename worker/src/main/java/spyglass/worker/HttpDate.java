package spyglass.worker;

import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * The Date field (RFC 9110 section 5.6.7), made once a second. Written by hand because the JDK's
 * formatter needs more time to load than the rest of a first answer.
 */
final class HttpDate {

  private static final String DAYS = "MonTueWedThuFriSatSun";
  private static final String MONTHS = "JanFebMarAprMayJunJulAugSepOctNovDec";

  private record Rendered(long second, String text) {}

  private volatile Rendered last = new Rendered(0, render(0));

  /** The date of this second. Any thread. */
  String now() {
    long second = System.currentTimeMillis() / 1000;
    Rendered known = last;
    if (known.second != second) {
      known = new Rendered(second, render(second));
      last = known;
    }
    return known.text;
  }

  /** The date so many seconds after the start of 1970. */
  static String render(long epochSecond) {
    LocalDateTime t = LocalDateTime.ofEpochSecond(epochSecond, 0, ZoneOffset.UTC);
    int day = (t.getDayOfWeek().getValue() - 1) * 3;
    int month = (t.getMonthValue() - 1) * 3;
    StringBuilder out = new StringBuilder(29);
    out.append(DAYS, day, day + 3).append(", ");
    two(out, t.getDayOfMonth()).append(' ').append(MONTHS, month, month + 3).append(' ');
    out.append(t.getYear()).append(' ');
    two(out, t.getHour()).append(':');
    two(out, t.getMinute()).append(':');
    return two(out, t.getSecond()).append(" GMT").toString();
  }

  private static StringBuilder two(StringBuilder out, int number) {
    return (number < 10 ? out.append('0') : out).append(number);
  }
}
