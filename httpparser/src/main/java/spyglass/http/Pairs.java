package spyglass.http;

import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Names and values in the order the client sent them: query parameters, the fields of a form,
 * cookies. A name may occur more than once; case matters.
 *
 * @param list all of them
 */
public record Pairs(List<Pair> list) implements Iterable<Pairs.Pair> {

  /** None at all. */
  public static final Pairs NONE = new Pairs(List.of());

  /**
   * One name with its value.
   *
   * @param name never empty for a cookie
   * @param value may be empty
   */
  public record Pair(String name, String value) {}

  /** Pairs from a list, in its order; what becomes of that list later does not matter. */
  public Pairs {
    list = List.copyOf(list);
  }

  /** The first value of that name. */
  public Optional<String> first(String name) {
    for (Pair pair : list) {
      if (pair.name().equals(name)) {
        return Optional.of(pair.value());
      }
    }
    return Optional.empty();
  }

  /** All values of that name; empty when there are none. */
  public List<String> all(String name) {
    return list.stream().filter(pair -> pair.name().equals(name)).map(Pair::value).toList();
  }

  /** Whether the name occurs. */
  public boolean has(String name) {
    return first(name).isPresent();
  }

  /** How many pairs there are. */
  public int size() {
    return list.size();
  }

  @Override
  public Iterator<Pair> iterator() {
    return list.iterator();
  }
}
