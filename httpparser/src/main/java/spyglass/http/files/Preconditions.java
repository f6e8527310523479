package spyglass.http.files;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import spyglass.http.Headers;

/**
 * Whether a client wants the file at all (RFC 9110 section 13). A field with a tag says exactly
 * what the client has, one with a date says it to the second: so where both stand, the date is not
 * even looked at.
 *
 * @param headers the fields of the request
 * @param version the state of the file
 * @param now when it was looked at
 */
record Preconditions(Headers headers, Version version, Instant now) {

  /** What came of them. */
  enum Outcome {
    PASSED,
    /** Answer 304. */
    NOT_MODIFIED,
    /** Answer 412. */
    FAILED
  }

  /** In the order of section 13.2.2, for GET and HEAD. */
  Outcome check() {
    if (headers.has("If-Match")) {
      if (!matches("If-Match", EntityTags::strong)) {
        return Outcome.FAILED;
      }
    } else if (changedAfter("If-Unmodified-Since").orElse(false)) {
      return Outcome.FAILED;
    }
    boolean has =
        headers.has("If-None-Match")
            ? matches("If-None-Match", EntityTags::weak)
            : !changedAfter("If-Modified-Since").orElse(true);
    return has ? Outcome.NOT_MODIFIED : Outcome.PASSED;
  }

  /**
   * Whether Range is to be looked at: if the rest that the client has is of this very version.
   * If-Range with anything else is not a fault: the whole file is the answer. A date never proves
   * it, as two versions may have one.
   */
  boolean rangeApplies() {
    List<String> conditions = headers.all("If-Range");
    return headers.has("Range")
        && (conditions.isEmpty() || (conditions.size() == 1 && isStrongly(conditions.getFirst())));
  }

  private boolean isStrongly(String condition) {
    return version.tag().filter(tag -> EntityTags.strong(condition, tag)).isPresent();
  }

  private boolean matches(String name, BiPredicate<String, String> same) {
    List<String> lines = headers.all(name);
    return lines.equals(List.of("*"))
        || version
            .tag()
            .filter(tag -> EntityTags.parse(lines).stream().anyMatch(it -> same.test(it, tag)))
            .isPresent();
  }

  /** Nothing when the field is not there, there twice, or no date: then it does not count. */
  private Optional<Boolean> changedAfter(String name) {
    List<String> dates = headers.all(name);
    return dates.size() == 1
        ? HttpDate.read(dates.getFirst(), now)
            .flatMap(date -> version.modified().map(it -> it.isAfter(date)))
        : Optional.empty();
  }
}
