package spyglass.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import spyglass.torture.Books.Verdict;

/** The books as a page to read. */
record Report(Books books) {

  private static final int MOST_ACCUSATIONS = 20;

  /**
   * All of it.
   *
   * @param title what was done, with which seed
   */
  String text(String title) {
    List<String> lines = new ArrayList<>();
    lines.add(title);
    lines.add("");
    lines.addAll(table("by state when sent", Stage.values(), Visit::stage));
    lines.addAll(table("by kind of client", Kind.values(), Visit::kind));
    lines.addAll(hits());
    lines.add(sum("not accepted and lost", Verdict.NOT_ACCEPTED_LOST));
    lines.add(sum("accepted and lost, with nobody killed", Verdict.ACCEPTED_LOST));
    lines.add(sum("wrong answers", Verdict.WRONG));
    lines.addAll(accusations());
    return String.join("\n", lines);
  }

  private <T> List<String> table(String title, T[] rows, Function<Visit, T> column) {
    List<String> lines = new ArrayList<>();
    lines.add(row(title, "sent", "answered", "refused", "reset", "crossed", "lost", "longest"));
    for (T one : rows) {
      lines.add(line(one.toString(), visit -> column.apply(visit).equals(one)));
    }
    lines.add(line("all", visit -> true));
    lines.add("");
    return lines;
  }

  private String line(String name, Predicate<Visit> whose) {
    List<Visit> mine = books.visits().stream().filter(whose).toList();
    long longest = mine.stream().mapToLong(Visit::millis).max().orElse(0);
    return row(
        name.toLowerCase(Locale.ROOT).replace('_', ' '),
        "" + mine.size(),
        "" + mine.stream().filter(visit -> visit.fate() == Fate.ANSWERED).count(),
        "" + mine.stream().filter(visit -> visit.fate() == Fate.REFUSED).count(),
        "" + count(mine, Verdict.CUT),
        "" + count(mine, Verdict.CROSSED),
        "" + mine.stream().filter(books.accusations()::contains).count(),
        longest + " ms");
  }

  private long count(List<Visit> visits, Verdict verdict) {
    return visits.stream().filter(visit -> books.judge(visit) == verdict).count();
  }

  private List<String> hits() {
    List<String> lines = new ArrayList<>();
    String[] blows = Stream.of(Blow.values()).map(Blow::name).toArray(String[]::new);
    for (String whom : books.hits().stream().map(Hit::whom).distinct().sorted().toList()) {
      lines.add(row("hits on " + whom, blows));
      for (Stage stage : Stage.values()) {
        lines.add(
            row(
                stage.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                Stream.of(Blow.values())
                    .map(blow -> "" + count(whom, stage, blow))
                    .toArray(String[]::new)));
      }
      lines.add("");
    }
    return lines;
  }

  private long count(String whom, Stage stage, Blow blow) {
    return books.hits().stream()
        .filter(hit -> hit.whom().equals(whom) && hit.stage() == stage && hit.blow() == blow)
        .count();
  }

  private String sum(String name, Verdict verdict) {
    return name + ": " + books.count(verdict);
  }

  private List<String> accusations() {
    return books.accusations().stream()
        .limit(MOST_ACCUSATIONS)
        .map(visit -> books.judge(visit) + " " + visit + " begun by " + begunBy(visit))
        .toList();
  }

  private String begunBy(Visit visit) {
    Long worker = books.begun().get(visit.id());
    return worker == null ? "nobody" : "worker " + worker;
  }

  private static String row(String name, String... cells) {
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-22s", name));
    for (String cell : cells) {
      line.append(String.format(Locale.ROOT, "%9s", cell));
    }
    return line.toString().stripTrailing();
  }
}
