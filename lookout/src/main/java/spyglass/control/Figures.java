package spyglass.control;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the lookout and the master know of themselves, as it goes over the control socket: a line for each
 * figure, a name, a blank, a value. {@code worker} and {@code error} may stand there several times.
 */
public final class Figures {

  /** The figure that stands for those of a master that does not answer. */
  public static final String SILENT = "master-silent true\n";

  private final Map<String, List<String>> lines = new LinkedHashMap<>();

  private Figures() {}

  /** Takes them apart. What is no figure is left out. */
  public static Figures of(String text) {
    Figures figures = new Figures();
    for (String line : text.split("\n", -1)) {
      int blank = line.indexOf(' ');
      if (blank > 0) {
        figures
            .lines
            .computeIfAbsent(line.substring(0, blank), name -> new ArrayList<>())
            .add(line.substring(blank + 1));
      }
    }
    return figures;
  }

  /** All values of a name, in order. */
  public List<String> all(String name) {
    return lines.getOrDefault(name, List.of());
  }

  /** The value of a name; the last one, if it is there twice. */
  public Optional<String> find(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? Optional.empty() : Optional.of(all.getLast());
  }

  /** The same as text, empty if it is not there. */
  public String text(String name) {
    return find(name).orElse("");
  }

  /** The same as a whole number, 0 if it is not there or none. */
  public long number(String name) {
    return whole(text(name));
  }

  private static long whole(String text) {
    return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
  }

  /**
   * A worker, as its master sees it.
   *
   * @param state booting, ready, busy, leaving or stuck
   * @param since milliseconds since 1970: since when it is in that state
   * @param inFlight requests in the app, or connections that hold it awake
   * @param served requests answered since it was born
   * @param rss its resident memory in bytes
   */
  public record Worker(long pid, String state, long since, long inFlight, long served, long rss) {}

  /** The workers there are. */
  public List<Worker> workers() {
    List<Worker> workers = new ArrayList<>();
    for (String line : all("worker")) {
      Map<String, String> said = new HashMap<>();
      for (String pair : line.split(" ", -1)) {
        int equals = pair.indexOf('=');
        if (equals > 0) {
          said.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
      }
      workers.add(
          new Worker(
              whole(said.getOrDefault("pid", "")),
              said.getOrDefault("state", "unknown"),
              whole(said.getOrDefault("since", "")),
              whole(said.getOrDefault("in-flight", "")),
              whole(said.getOrDefault("served", "")),
              whole(said.getOrDefault("rss", ""))));
    }
    return workers;
  }
}
