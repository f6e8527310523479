package measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The page of measurements: prose by hand, and between marks, {@code <!-- measured: NAME -->} and
 * {@code <!-- end -->}, what the figures in the folder beside it say.
 */
final class Page {

  /** The folder of the figures and pictures, as the page names it. */
  static final String FOLDER = "measured";

  /** All programs that leave figures, in the order in which they run. */
  static final List<String> PROGRAMS = List.of("idle", "wake", "load", "many", "cycles", "parse");

  private static final String BARS = "bars";
  private static final String END = "<!-- end -->";

  private Page() {}

  /** Those figures that a folder has, by the names of their programs. */
  static Map<String, Results> figures(Path folder) throws IOException {
    Map<String, Results> figures = new LinkedHashMap<>();
    for (String program : PROGRAMS) {
      Path file = folder.resolve(program + ".csv");
      if (Files.exists(file)) {
        figures.put(program, Results.read(file));
      }
    }
    return figures;
  }

  /** The same page with these figures; what was not measured is left as it is. */
  static String renewed(String page, Map<String, Results> figures) {
    String renewed = block(page, BARS, Bars.of(figures) + days(figures));
    for (Map.Entry<String, Results> entry : figures.entrySet()) {
      renewed = block(renewed, entry.getKey(), of(entry.getKey(), entry.getValue()));
    }
    return renewed;
  }

  /** Nothing if all is of one day. */
  private static String days(Map<String, Results> figures) {
    List<String> days = new ArrayList<>();
    figures.forEach((program, results) ->
        days.add(program + " " + results.about().getOrDefault(Machine.DAY, "some day")));
    boolean one = days.stream().map(day -> day.replaceFirst("\\w+ ", "")).distinct().count() <= 1;
    return one ? "" : "\nNot all was measured on one day: " + String.join(", ", days) + ".\n";
  }

  private static String of(String program, Results results) {
    StringBuilder text = new StringBuilder();
    results.about().forEach((name, value) -> text.append("- " + name + ": " + value + "\n"));
    String file = FOLDER + "/" + program;
    text.append("- [All figures](" + file + ".csv)\n\n");
    text.append("![The first column of each table](" + file + ".svg)\n\n");
    return text.append(Tables.of(results)).toString();
  }

  private static String block(String page, String name, String text) {
    String begin = "<!-- measured: " + name + " -->";
    int from = page.indexOf(begin);
    int to = page.indexOf(END, from);
    if (from < 0 || to < 0) {
      throw new IllegalStateException("the page has no " + begin + " with " + END + " after it");
    }
    return page.substring(0, from + begin.length())
        + "\n\n"
        + text.strip()
        + "\n\n"
        + page.substring(to);
  }
}
