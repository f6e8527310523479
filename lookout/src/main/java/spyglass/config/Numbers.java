package spyglass.config;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people type them. */
final class Numbers {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(KiB|MiB|GiB|)");

  /** More than any request can want, and far from where a shift would lose its upper bits. */
  private static final long MOST_BYTES = 1024L << 30;

  private Numbers() {}

  /** A whole number, or nothing if that is none. */
  static OptionalLong whole(String text) {
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  /** A number of bytes, perhaps with a binary unit, or nothing if that is none or above 1024GiB. */
  static OptionalLong bytes(String text) {
    Matcher size = SIZE.matcher(text);
    if (!size.matches()) {
      return OptionalLong.empty();
    }
    int shift =
        switch (size.group(2)) {
          case "KiB" -> 10;
          case "MiB" -> 20;
          case "GiB" -> 30;
          default -> 0;
        };
    long number = Long.parseLong(size.group(1));
    return number <= MOST_BYTES >> shift ? OptionalLong.of(number << shift) : OptionalLong.empty();
  }
}
