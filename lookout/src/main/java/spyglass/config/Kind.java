package spyglass.config;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What may be said for a setting. */
public sealed interface Kind {

  /** What stands for the value in a list of options. */
  String label();

  /** What to give instead, or nothing if this will do. */
  Optional<String> remedy(String text);

  /** The value, for kinds that are numbers; a size is in bytes. The text has been checked. */
  default long number(String text) {
    throw new IllegalArgumentException(label() + " is no number");
  }

  /** A whole number in a range, its ends included. */
  record Whole(long least, long most) implements Kind {
    @Override
    public String label() {
      return "N";
    }

    @Override
    public Optional<String> remedy(String text) {
      OptionalLong number = Numbers.whole(text);
      boolean fits =
          number.isPresent() && number.getAsLong() >= least && number.getAsLong() <= most;
      return fits
          ? Optional.empty()
          : Optional.of("give a whole number from " + least + " to " + most);
    }

    @Override
    public long number(String text) {
      return Numbers.whole(text).orElseThrow();
    }
  }

  /** Words for java, of which none says what it is to run. */
  record JavaOptions() implements Kind {

    /** The words about caches. */
    static final String CACHES = "-Xshare.*|-XX:[-+]?(AOT|Shared(Archive|ClassList)|DumpLoaded).*";

    /** The words themselves. */
    public static List<String> words(String text) {
      return text.isBlank() ? List.of() : List.of(text.strip().split("\\s+"));
    }

    @Override
    public String label() {
      return "OPTIONS";
    }

    @Override
    public Optional<String> remedy(String text) {
      return words(text).stream().map(JavaOptions::refusal).flatMap(Optional::stream).findFirst();
    }

    /** What is wrong with one word, if anything is. */
    static Optional<String> refusal(String word) {
      if (!word.matches("-(X|D|-?(ea|da|esa|dsa|add-|enable-|illegal-)).*")) {
        return Optional.of(
            word + " is none for a worker: give such as -Xss1m, -XX:... or -Dname=value");
      }
      // A JVM takes its classes from one cache, and does not start if it is told of two.
      return word.matches(CACHES)
          ? Optional.of(
              word + ": the caches of classes are kept here: leave it out, or see --no-cache")
          : Optional.empty();
    }
  }

  /** A number of bytes; the remedy is for one that is too small or too large. */
  record Size(long least, long most, String range) implements Kind {
    @Override
    public String label() {
      return "SIZE";
    }

    @Override
    public Optional<String> remedy(String text) {
      OptionalLong bytes = Numbers.bytes(text);
      if (bytes.isEmpty()) {
        return Optional.of("give a number of bytes, like 65536 or 64MiB, at most 1024GiB");
      }
      boolean fits = bytes.getAsLong() >= least && bytes.getAsLong() <= most;
      return fits ? Optional.empty() : Optional.of(range);
    }

    @Override
    public long number(String text) {
      return Numbers.bytes(text).orElseThrow();
    }
  }

  /** One of a few words. */
  record Word(List<String> words) implements Kind {
    @Override
    public String label() {
      return String.join("|", words);
    }

    @Override
    public Optional<String> remedy(String text) {
      return words.contains(text)
          ? Optional.empty()
          : Optional.of("give " + String.join(" or ", words));
    }
  }

  /** On or off: alone on a command line it is on; elsewhere it is {@code true} or {@code false}. */
  record Switch() implements Kind {
    @Override
    public String label() {
      return "true|false";
    }

    @Override
    public Optional<String> remedy(String text) {
      return text.equals("true") || text.equals("false")
          ? Optional.empty()
          : Optional.of("give true or false");
    }
  }

  /** Whatever somebody else will make sense of. */
  record Text(String label) implements Kind {
    @Override
    public Optional<String> remedy(String text) {
      return Optional.empty();
    }
  }

  /** The path of a file or folder; several where {@code several} is so, with colons between them. */
  record File(String label, boolean several) implements Kind {
    @Override
    public Optional<String> remedy(String text) {
      return text.indexOf('\0') < 0 ? Optional.empty() : Optional.of("give the path of a file");
    }
  }
}
