package spyglass.http.files;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which bytes of a file are asked for (RFC 9110 section 14).
 *
 * <p>A client may name the same large range a hundred times in one field. So no byte is sent twice:
 * ranges that overlap, or lie so close together that the words between them cost more than the gap,
 * become one; and who asks for more than a few gets the whole file instead.
 */
sealed interface Ranges {

  /** The whole file: nothing was asked for that is understood. */
  record Whole() implements Ranges {}

  /** Nothing of what is asked for is in the file. */
  record Unsatisfiable() implements Ranges {}

  /**
   * These parts.
   *
   * @param list one or more, none touching another, in the order they were asked for
   */
  record Parts(List<Range> list) implements Ranges {}

  /**
   * Some bytes of a file.
   *
   * @param first the place of the first
   * @param last the place of the last, which belongs to it
   */
  record Range(long first, long last) {

    long length() {
      return last - first + 1;
    }

    /** Whether it is cheaper to send both in one. */
    private boolean near(Range other) {
      return first <= other.last + GAP && other.first <= last + GAP;
    }

    private Range with(Range other) {
      return new Range(Math.min(first, other.first), Math.max(last, other.last));
    }
  }

  /** About what a part costs beside its bytes. */
  int GAP = 80;

  /** The most ranges that are looked at. */
  int MOST = 16;

  /** {@code 5-9}, {@code 5-} or {@code -5}. */
  Pattern SPEC = Pattern.compile("([0-9]*+)-([0-9]*+)");

  /** Reads the Range fields of a request for a file of that size. */
  static Ranges parse(List<String> fields, long size) {
    String field = fields.size() == 1 ? fields.getFirst() : "";
    String prefix = "bytes=";
    // An empty file has no first byte to tell of: Content-Range cannot express it.
    if (size == 0 || !field.regionMatches(true, 0, prefix, 0, prefix.length())) {
      return new Whole();
    }
    List<Range> asked = new ArrayList<>();
    int count = 0;
    for (String part : field.substring(prefix.length()).split(",", -1)) {
      String spec = part.strip();
      if (spec.isEmpty()) {
        continue; // a list may have empty elements (section 5.6.1)
      }
      Matcher matcher = SPEC.matcher(spec);
      if (++count > MOST || !matcher.matches() || !legal(matcher.group(1), matcher.group(2))) {
        return new Whole();
      }
      satisfiable(matcher.group(1), matcher.group(2), size).ifPresent(asked::add);
    }
    if (count == 0) {
      return new Whole();
    }
    return asked.isEmpty() ? new Unsatisfiable() : new Parts(merged(asked));
  }

  private static boolean legal(String first, String last) {
    return first.isEmpty() ? !last.isEmpty() : last.isEmpty() || number(first) <= number(last);
  }

  private static Optional<Range> satisfiable(String first, String last, long size) {
    if (first.isEmpty()) {
      long suffix = Math.min(number(last), size);
      return suffix == 0 ? Optional.empty() : Optional.of(new Range(size - suffix, size - 1));
    }
    long start = number(first);
    long end = last.isEmpty() ? size - 1 : Math.min(number(last), size - 1);
    return start < size ? Optional.of(new Range(start, end)) : Optional.empty();
  }

  /** Numbers have no limit in HTTP; what is larger than any file may as well be the largest long. */
  private static long number(String digits) {
    String plain = digits.replaceFirst("^0+(?=.)", "");
    return plain.length() > 18 ? Long.MAX_VALUE : Long.parseLong(plain);
  }

  private static List<Range> merged(List<Range> asked) {
    List<Range> kept = new ArrayList<>();
    for (Range next : asked) {
      Range grown = next;
      int place = kept.size();
      for (int i = kept.size() - 1; i >= 0; i--) {
        if (kept.get(i).near(grown)) {
          grown = grown.with(kept.remove(i));
          place = i;
        }
      }
      kept.add(place, grown);
    }
    return List.copyOf(kept);
  }
}
