package spyglass.status;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Figures as people say them. */
final class Words {

  private static final DateTimeFormatter TODAY = DateTimeFormatter.ofPattern("HH:mm:ss");
  private static final DateTimeFormatter EARLIER =
      DateTimeFormatter.ofPattern("d MMM HH:mm:ss", Locale.ROOT);

  private static final long SECOND = 1000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private final long now;
  private final ZoneId zone;

  /**
   * As one says it at some place and time.
   *
   * @param now in milliseconds since 1970
   */
  Words(long now, ZoneId zone) {
    this.now = now;
    this.zone = zone;
  }

  /** {@code 14:03:11}, or with its day if that is another. */
  String time(long millis) {
    LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
    LocalDateTime today = LocalDateTime.ofInstant(Instant.ofEpochMilli(now), zone);
    return time.format(time.toLocalDate().equals(today.toLocalDate()) ? TODAY : EARLIER);
  }

  /** {@code since 14:03:11, 12 minutes}. */
  String since(long millis) {
    return "since " + time(millis) + ", " + duration(now - millis);
  }

  /** The largest unit of a time and, if that is small, the next. */
  static String duration(long millis) {
    if (millis < MINUTE) {
      return count(Math.max(0, millis) / SECOND, "second");
    } else if (millis < HOUR) {
      return count(millis / MINUTE, "minute");
    } else if (millis < DAY) {
      return count(millis / HOUR, "hour") + " " + count(millis % HOUR / MINUTE, "minute");
    }
    return count(millis / DAY, "day") + " " + count(millis % DAY / HOUR, "hour");
  }

  static String count(long number, String what) {
    return String.format(Locale.ROOT, "%,d %s%s", number, what, number == 1 ? "" : "s");
  }

  static String seconds(long millis) {
    return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
  }

  static String bytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
