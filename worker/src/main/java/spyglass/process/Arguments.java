package spyglass.process;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The command line that one process of ours gives the next: {@code --name value} pairs, then {@code
 * --}, then the command line of the process after that. Each takes what is its own from the front
 * and starts what is left, so {@code ps -ef} shows who was told what. People do not type this; their
 * options have been checked by the time it is made.
 */
public final class Arguments {

  private final Map<String, String> values = new HashMap<>();
  private final List<String> next;

  /** Splits a command line as {@code main} gets it. */
  public Arguments(String[] args) {
    int i = 0;
    while (i + 1 < args.length && !args[i].equals("--")) {
      values.put(args[i], args[i + 1]);
      i += 2;
    }
    next = List.of(args).subList(Math.min(i + 1, args.length), args.length);
  }

  /** The value of an option that must be there. */
  public String text(String name) {
    String value = values.get("--" + name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing: start this with spyglass");
    }
    return value;
  }

  /** The value of an option that may be missing. */
  public Optional<String> find(String name) {
    return Optional.ofNullable(values.get("--" + name));
  }

  /** All options whose names begin so, without that beginning. */
  public Map<String, String> starting(String prefix) {
    Map<String, String> found = new HashMap<>();
    values.forEach((name, value) -> {
      if (name.startsWith("--" + prefix)) {
        found.put(name.substring(prefix.length() + 2), value);
      }
    });
    return found;
  }

  /** The value of an option that is a number. */
  public long number(String name) {
    return Long.parseLong(text(name));
  }

  /** The command line of the next process. */
  public List<String> next() {
    return next;
  }
}
