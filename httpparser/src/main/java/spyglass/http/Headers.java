package spyglass.http;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The fields of a message in the order they stand on the wire. Immutable: every method that sounds
 * like a change returns a new value. Names are compared without regard to case (RFC 9110 section
 * 5.1) and kept as they were written.
 */
public final class Headers implements Iterable<Headers.Field> {

  /** No fields at all. */
  public static final Headers NONE = new Headers(List.of());

  /**
   * One field line.
   *
   * @param name as written, case kept
   * @param value without the blanks around it
   */
  public record Field(String name, String value) {

    /** Whether this field bears the given name, in whatever case. */
    public boolean is(String other) {
      return name.equalsIgnoreCase(other);
    }
  }

  private final List<Field> fields;

  private Headers(List<Field> fields) {
    this.fields = fields;
  }

  /** Fields from a list, in its order. */
  public static Headers of(List<Field> fields) {
    return fields.isEmpty() ? NONE : new Headers(List.copyOf(fields));
  }

  /** One field. */
  public static Headers of(String name, String value) {
    return new Headers(List.of(new Field(name, value)));
  }

  /** The value of the first field of that name. */
  public Optional<String> first(String name) {
    for (Field field : fields) {
      if (field.is(name)) {
        return Optional.of(field.value());
      }
    }
    return Optional.empty();
  }

  /** The values of all fields of that name, in their order; empty when there are none. */
  public List<String> all(String name) {
    List<String> values = new ArrayList<>(2);
    for (Field field : fields) {
      if (field.is(name)) {
        values.add(field.value());
      }
    }
    return values;
  }

  /** Whether at least one field has that name. */
  public boolean has(String name) {
    for (Field field : fields) {
      if (field.is(name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a field that is a comma-separated list holds the given element, in whatever case, as
   * {@code Connection: close, upgrade} holds {@code close}.
   */
  public boolean lists(String name, String element) {
    for (Field field : fields) {
      if (field.is(name) && holds(field.value(), element)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holds(String value, String element) {
    if (value.equalsIgnoreCase(element)) {
      return true;
    }
    if (value.indexOf(',') < 0) {
      return false;
    }
    for (String part : value.split(",", -1)) {
      if (part.strip().equalsIgnoreCase(element)) {
        return true;
      }
    }
    return false;
  }

  /** These fields and one more at the end. */
  public Headers with(String name, String value) {
    List<Field> more = new ArrayList<>(fields.size() + 1);
    more.addAll(fields);
    more.add(new Field(name, value));
    return new Headers(List.copyOf(more));
  }

  /** These fields with this one in place of all others of its name; at the end if there was none. */
  public Headers set(String name, String value) {
    List<Field> changed = new ArrayList<>(fields.size() + 1);
    boolean placed = false;
    for (Field field : fields) {
      if (!field.is(name)) {
        changed.add(field);
      } else if (!placed) {
        changed.add(new Field(name, value));
        placed = true;
      }
    }
    return placed ? of(changed) : with(name, value);
  }

  /** These fields without those of the given name. */
  public Headers without(String name) {
    return of(fields.stream().filter(field -> !field.is(name)).toList());
  }

  /** How many field lines there are. */
  public int size() {
    return fields.size();
  }

  @Override
  public Iterator<Field> iterator() {
    return fields.iterator();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Headers that && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return fields.hashCode();
  }

  @Override
  public String toString() {
    return fields.toString();
  }
}
