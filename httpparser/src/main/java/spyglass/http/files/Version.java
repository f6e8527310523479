package spyglass.http.files;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import spyglass.http.Response;

/**
 * What tells one state of a file from another (RFC 9110 section 8.8).
 *
 * @param size in bytes
 * @param tag the entity tag as it is sent
 * @param modified in whole seconds, as fields have it
 * @param settled whether it is so long unchanged that a second change within the same tick of the
 *     clock cannot hide: only then do tag and date promise byte for byte the same content
 * @param now when it was looked at
 */
record Version(long size, String tag, Instant modified, boolean settled, Instant now) {

  private static final Duration TICK = Duration.ofSeconds(2);

  static Version of(long size, Instant changed, Instant now) {
    boolean settled = changed.plus(TICK).isBefore(now);
    String opaque =
        String.format("\"%x-%x-%x\"", changed.getEpochSecond(), changed.getNano(), size);
    // A date in the future would say that the file is newer than this very answer.
    Instant modified = changed.isAfter(now) ? now : changed;
    return new Version(
        size,
        settled ? opaque : "W/" + opaque,
        modified.truncatedTo(ChronoUnit.SECONDS),
        settled,
        now);
  }

  /** The answer with what lets a client ask for changes only. */
  Response describe(Response response) {
    return response
        .withHeader("ETag", tag)
        .withHeader("Last-Modified", HttpDate.write(modified))
        .withHeader("Accept-Ranges", "bytes");
  }
}
