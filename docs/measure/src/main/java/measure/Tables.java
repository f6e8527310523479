package measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;

/** Results as tables in Markdown: medians, and how many times those of somebody they are. */
final class Tables {

  /** With whom the others are compared; the first of them that a table has. */
  private static final List<String> BASES = List.of(Wake.BARE, JustAfter.DEEP, Subject.SPYGLASS);

  private static final String NONE = "";

  private Tables() {}

  static String of(Results results) {
    StringBuilder text = new StringBuilder();
    for (String task : results.tasks()) {
      text.append("**").append(capital(task)).append(".**\n\n");
      table(text, results, task);
      text.append('\n');
    }
    return text.toString();
  }

  private static String capital(String task) {
    return task.substring(0, 1).toUpperCase(Locale.ROOT) + task.substring(1);
  }

  private static void table(StringBuilder text, Results results, String task) {
    Set<String> figures = results.figures(task);
    String lead = figures.iterator().next();
    Set<String> subjects = results.subjects(task);
    String base = BASES.stream().filter(subjects::contains).findFirst().orElse(NONE);
    List<String> head = new ArrayList<>(List.of(NONE));
    if (figures.size() == 1) {
      head.addAll(List.of(lead + ": median", "least", "p99", "most", "taken"));
    } else {
      head.addAll(figures);
    }
    if (!base.isEmpty()) {
      head.add("times " + base);
    }
    row(text, head);
    row(text, head.stream().map(cell -> "---").toList());
    for (String subject : subjects) {
      List<String> cells = new ArrayList<>(List.of(subject));
      if (figures.size() == 1) {
        cells.addAll(spread(results, task, subject, lead));
      } else {
        figures.forEach(figure -> cells.add(cell(results.median(task, subject, figure))));
      }
      if (!base.isEmpty()) {
        OptionalDouble own = results.median(task, subject, lead);
        OptionalDouble other = results.median(task, base, lead);
        cells.add(cell(ratio(own, other)));
      }
      row(text, cells);
    }
  }

  private static List<String> spread(Results results, String task, String subject, String figure) {
    return List.of(
        cell(results.median(task, subject, figure)),
        cell(results.percentile(task, subject, figure, 0)),
        cell(results.p99(task, subject, figure)),
        cell(results.percentile(task, subject, figure, 100)),
        Integer.toString(results.values(task, subject, figure).length));
  }

  static OptionalDouble ratio(OptionalDouble one, OptionalDouble of) {
    return one.isEmpty() || of.isEmpty() || of.getAsDouble() == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(one.getAsDouble() / of.getAsDouble());
  }

  static void row(StringBuilder text, List<String> cells) {
    text.append("| ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** Three digits of it; nothing if there is none. */
  static String cell(OptionalDouble value) {
    if (value.isEmpty()) {
      return NONE;
    }
    double number = value.getAsDouble();
    double size = Math.abs(number);
    String format =
        number == Math.rint(number) || size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, number);
  }
}
