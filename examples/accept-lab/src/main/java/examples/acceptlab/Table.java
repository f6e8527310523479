package examples.acceptlab;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The rows as a page in Markdown. */
final class Table {

  private static final int MOST_PIDS = 5;

  private Table() {}

  static String of(String about, Plan plan, List<Row> rows) {
    StringBuilder page = new StringBuilder("# Accepting: the table\n\n" + about + "\n\n");
    head(page, "Short connections, all alike", plan.clients() + " at once, against `pid-echo`.");
    columns(page, "served by", "p50 ms", "p99 ms", "CPU ms each", "switches each", "lost");
    rows.forEach(row -> even(page, row));
    page.append('\n');
    head(
        page,
        "Uneven load",
        "One in ten keeps a thread for "
            + plan.slowMillis()
            + " ms; times are those of the others.");
    columns(page, "served by", "busiest", "p50 ms", "p99 ms", "lost");
    rows.forEach(row -> uneven(page, row));
    page.append('\n');
    head(
        page,
        "A worker stands still, " + plan.newcomers() + " more come, and it is killed",
        "Lost, of those it had begun with; and of all others.");
    columns(page, "it had begun", "of these lost", "others", "of these lost");
    rows.forEach(row -> death(page, row));
    return page.toString();
  }

  private static void head(StringBuilder page, String title, String below) {
    page.append("**").append(title).append(".** ").append(below).append("\n\n");
  }

  private static void columns(StringBuilder page, String... names) {
    page.append("| accept | ").append(String.join(" | ", names)).append(" |\n");
    page.append("| --- | --- |").append(" --- |".repeat(names.length)).append('\n');
  }

  private static void even(StringBuilder page, Row row) {
    Phase phase = row.even();
    // What ended between two looks was not counted: for a process each, that is much.
    String least = row.way().spawns() ? "at least " : "";
    line(
        page,
        row,
        servedBy(phase),
        number(phase.waitedMillis(50)),
        number(phase.waitedMillis(99)),
        number(phase.cpuMillisEach()),
        least + number(phase.switchesEach()),
        Integer.toString(phase.lost()));
  }

  private static void uneven(StringBuilder page, Row row) {
    Phase phase = row.uneven();
    line(
        page,
        row,
        servedBy(phase),
        phase.busiestPercent() + " %",
        number(phase.quickWaitedMillis(50)),
        number(phase.quickWaitedMillis(99)),
        Integer.toString(phase.lost()));
  }

  private static void death(StringBuilder page, Row row) {
    Death death = row.death();
    line(
        page,
        row,
        Integer.toString(death.begun()),
        Integer.toString(death.begunLost()),
        Integer.toString(death.others()),
        Integer.toString(death.othersLost()));
  }

  private static void line(StringBuilder page, Row row, String... cells) {
    page.append("| ").append(row.way().accept());
    page.append(" | ").append(String.join(" | ", cells)).append(" |\n");
  }

  /** {@code 4711: 100, 4712: 90}, or how many there were if these are too many to name. */
  static String servedBy(Phase phase) {
    Map<Long, Long> byPid = phase.byPid();
    if (byPid.size() > MOST_PIDS) {
      long most = byPid.values().stream().mapToLong(Long::longValue).max().orElse(0);
      return byPid.size() + " processes, at most " + most + " each";
    }
    return byPid.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + entry.getValue())
        .collect(Collectors.joining(", "));
  }

  private static String number(double value) {
    String format = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%.0f";
    return String.format(Locale.ROOT, format, value);
  }
}
