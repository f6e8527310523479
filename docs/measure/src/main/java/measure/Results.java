package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;

/**
 * All that a program has measured, and with what: a file of comma-separated values with
 * {@code # name: value} before them.
 */
final class Results {

  /** So many values have a p99 that is worth telling. */
  private static final int ENOUGH = 40;

  private static final String COLUMNS = "case;subject;figure;value";

  private final Map<String, String> about = new LinkedHashMap<>();
  private final List<Sample> samples = new ArrayList<>();

  /**
   * One figure that was taken once. Rounds are told apart by their order.
   *
   * @param task what was done, such as {@code keep-alive, 64 connections, 13 bytes}
   * @param subject which server did it
   * @param figure what was looked at, with its unit
   */
  record Sample(String task, String subject, String figure, double value) {}

  Results about(String name, String value) {
    about.put(name, value);
    return this;
  }

  Map<String, String> about() {
    return about;
  }

  void add(String task, String subject, String figure, double value) {
    samples.add(new Sample(task, subject, figure, value));
  }

  Set<String> tasks() {
    return distinct(samples, Sample::task);
  }

  Set<String> subjects(String task) {
    return distinct(
        samples.stream().filter(one -> one.task().equals(task)).toList(), Sample::subject);
  }

  Set<String> figures(String task) {
    return distinct(
        samples.stream().filter(one -> one.task().equals(task)).toList(), Sample::figure);
  }

  private static Set<String> distinct(Collection<Sample> of, Function<Sample, String> what) {
    return new LinkedHashSet<>(of.stream().map(what).toList());
  }

  /** All values of a figure, sorted. */
  double[] values(String task, String subject, String figure) {
    return samples.stream()
        .filter(one ->
            one.task().equals(task) && one.subject().equals(subject) && one.figure().equals(figure))
        .mapToDouble(Sample::value)
        .sorted()
        .toArray();
  }

  /** The middle one of a figure's values, or the mean of the middle two; nothing if it was not taken. */
  OptionalDouble median(String task, String subject, String figure) {
    double[] sorted = values(task, subject, figure);
    int half = sorted.length / 2;
    return sorted.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of((sorted[half] + sorted[(sorted.length - 1) / 2]) / 2);
  }

  /** The value that 99 in a hundred do not exceed; nothing if there are too few to tell. */
  OptionalDouble p99(String task, String subject, String figure) {
    return values(task, subject, figure).length < ENOUGH
        ? OptionalDouble.empty()
        : percentile(task, subject, figure, 99);
  }

  /** The value that so many in a hundred do not exceed; nothing if there is none. */
  OptionalDouble percentile(String task, String subject, String figure, double percent) {
    double[] sorted = values(task, subject, figure);
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int rank = (int) Math.ceil(percent / 100 * sorted.length);
    return OptionalDouble.of(sorted[Math.clamp(rank - 1, 0, sorted.length - 1)]);
  }

  void write(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    about.forEach((name, value) -> text.append("# " + name + ": " + value + "\n"));
    text.append(COLUMNS + "\n");
    for (Sample one : samples) {
      String value = String.format(Locale.ROOT, "%.4f", one.value()).replaceFirst("\\.?0+$", "");
      text.append(String.join(";", one.task(), one.subject(), one.figure(), value) + "\n");
    }
    Files.writeString(file, text);
  }

  static Results read(Path file) throws IOException {
    Results results = new Results();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("# ")) {
        int colon = line.indexOf(": ");
        results.about(line.substring(2, colon), line.substring(colon + 2));
      } else if (!line.equals(COLUMNS)) {
        List<String> cells = Arrays.asList(line.split(";", -1));
        results.add(cells.get(0), cells.get(1), cells.get(2), Double.parseDouble(cells.get(3)));
      }
    }
    return results;
  }
}
