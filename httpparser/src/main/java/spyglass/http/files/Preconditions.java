package spyglass.http.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import spyglass.http.Headers;
import spyglass.http.Request;

/**
 * Whether a client wants the file at all (RFC 9110 section 13). A field with a tag says exactly
 * what the client has, one with a date says it to the second: so where both stand, the date is not
 * even looked at.
 */
final class Preconditions {

  /** What came of them. */
  enum Outcome {
    PASSED,
    /** Answer 304. */
    NOT_MODIFIED,
    /** Answer 412. */
    FAILED
  }

  private Preconditions() {}

  /** In the order of section 13.2.2, for GET and HEAD. */
  static Outcome check(Request request, Version version) {
    Headers headers = request.headers();
    if (headers.has("If-Match")) {
      if (!matches(headers.all("If-Match"), version, EntityTags::strong)) {
        return Outcome.FAILED;
      }
    } else if (changedAfter(headers, "If-Unmodified-Since", version).orElse(false)) {
      return Outcome.FAILED;
    }
    boolean has =
        headers.has("If-None-Match")
            ? matches(headers.all("If-None-Match"), version, EntityTags::weak)
            : !changedAfter(headers, "If-Modified-Since", version).orElse(true);
    return has ? Outcome.NOT_MODIFIED : Outcome.PASSED;
  }

  /**
   * Whether Range is to be looked at: in a GET, and if the rest that the client has is of this very
   * version. If-Range with anything else is not a fault: the whole file is the answer.
   */
  static boolean rangeApplies(Request request, Version version) {
    if (!request.method().equals("GET") || !request.headers().has("Range")) {
      return false;
    }
    List<String> conditions = request.headers().all("If-Range");
    if (conditions.isEmpty()) {
      return true;
    }
    if (conditions.size() > 1) {
      return false;
    }
    String condition = conditions.getFirst();
    if (condition.endsWith("\"")) {
      return EntityTags.strong(condition, version.tag());
    }
    // Exactly this date, not "since": another one means another version, older or newer.
    Optional<Instant> date = HttpDate.read(condition, version.now());
    return version.settled() && date.equals(Optional.of(version.modified()));
  }

  private static boolean matches(
      List<String> lines, Version version, BiPredicate<String, String> same) {
    if (lines.equals(List.of("*"))) {
      return true;
    }
    return EntityTags.parse(lines).stream().anyMatch(tag -> same.test(tag, version.tag()));
  }

  /** Nothing when the field is not there, there twice, or no date: then it does not count. */
  private static Optional<Boolean> changedAfter(Headers headers, String name, Version version) {
    List<String> dates = headers.all(name);
    return dates.size() == 1
        ? HttpDate.read(dates.getFirst(), version.now()).map(version.modified()::isAfter)
        : Optional.empty();
  }
}
