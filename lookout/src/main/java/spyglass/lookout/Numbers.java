package spyglass.lookout;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers as people type them. */
final class Numbers {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(KiB|MiB|GiB|)");

  /** More than any request can want, and far from where a shift would lose its upper bits. */
  private static final long MOST_BYTES = 1024L << 30;

  private Numbers() {}

  /** A whole number in a range, its ends included. */
  static int between(String option, String text, int least, int most) throws Misuse {
    try {
      int number = Integer.parseInt(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, in the same words.
    }
    throw new Misuse(option + " " + text + ": give a whole number from " + least + " to " + most);
  }

  /** The size of a heap: from what a worker itself needs. */
  static long heap(String option, String text) throws Misuse {
    long bytes = bytes(option, text);
    if (bytes < 16 << 20) {
      throw new Misuse(option + " " + text + ": a worker needs 16MiB or more");
    }
    return bytes;
  }

  /** A number of bytes, perhaps with a binary unit. */
  static long bytes(String option, String text) throws Misuse {
    Matcher size = SIZE.matcher(text);
    if (size.matches()) {
      int shift =
          switch (size.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
          };
      long number = Long.parseLong(size.group(1));
      if (number <= MOST_BYTES >> shift) {
        return number << shift;
      }
    }
    throw new Misuse(
        option + " " + text + ": give a number of bytes, like 65536 or 64MiB, at most 1024GiB");
  }
}
