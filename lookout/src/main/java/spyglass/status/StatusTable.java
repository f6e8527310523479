package spyglass.status;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import spyglass.control.Figures;
import spyglass.log.Plain;

/** A status of many servers for a person: a line each, in columns. */
final class StatusTable {

  private static final int LONGEST_ERROR = 80;

  private StatusTable() {}

  static String of(List<Figures> servers, Function<Figures, Memory> memory, Words words) {
    List<List<String>> rows =
        servers.stream()
            .map(one -> row(one, memory.apply(one), words).stream().map(Plain::line).toList())
            .toList();
    int columns = rows.getFirst().size();
    StringBuilder table = new StringBuilder();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < columns; i++) {
        int column = i;
        int width = rows.stream().mapToInt(each -> each.get(column).length()).max().orElse(0);
        line.append(row.get(i)).append(" ".repeat(width - row.get(i).length() + 2));
      }
      table.append(line.toString().stripTrailing()).append('\n');
    }
    return table.toString();
  }

  private static List<String> row(Figures server, Memory memory, Words words) {
    List<String> row = new ArrayList<>();
    row.add(server.text("name"));
    row.add(server.text("state").replace('-', ' '));
    row.add(server.text("listen"));
    long there =
        server.workers().stream()
            .filter(worker -> !worker.state().matches("booting|leaving"))
            .count();
    row.add(there + " of " + Words.count(server.number("wanted"), "worker"));
    row.add(Words.bytes(memory.all()) + (memory.proportional() ? "" : " resident"));
    row.add(error(server, words));
    return row;
  }

  /** The last one, cut where a line would become too long; {@code status NAME} has all of it. */
  private static String error(Figures server, Words words) {
    String last = server.text("last-error");
    String brief =
        last.length() > LONGEST_ERROR ? last.substring(0, LONGEST_ERROR - 3) + "..." : last;
    return last.isEmpty() ? "" : words.time(server.number("last-error-at")) + " " + brief;
  }
}
