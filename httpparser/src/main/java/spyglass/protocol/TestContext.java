package spyglass.protocol;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import spyglass.life.Living;
import spyglass.life.TestLife;

/**
 * What a protocol is told in a test: the defaults of its annotation, and what the test says.
 *
 * @param options the value of each
 * @param needed what it may ask for
 * @param life what surrounds it
 */
record TestContext(Map<String, String> options, List<Protocol> needed, TestLife life)
    implements Context, Living {

  static TestContext of(Protocol protocol, Map<String, String> told, Protocol... needed) {
    Map<String, String> options = new HashMap<>();
    for (Provides.Option option : provides(protocol).options()) {
      options.put(option.name(), option.value());
    }
    for (String name : told.keySet()) {
      if (!options.containsKey(name)) {
        throw noSuchOption(name);
      }
    }
    options.putAll(told);
    return new TestContext(options, List.of(needed), new TestLife(Optional.empty()));
  }

  /** The same in a folder. */
  TestContext in(Path data) {
    return new TestContext(options, needed, new TestLife(Optional.of(data)));
  }

  private static Provides provides(Protocol protocol) {
    return Optional.ofNullable(protocol.getClass().getAnnotation(Provides.class))
        .orElseThrow(() ->
            new IllegalArgumentException(
                protocol.getClass().getName() + " has no name: annotate it with @Provides"));
  }

  private static IllegalArgumentException noSuchOption(String name) {
    return new IllegalArgumentException("no option '" + name + "': name it in @Provides");
  }

  @Override
  public String option(String name) {
    return Optional.ofNullable(options.get(name)).orElseThrow(() -> noSuchOption(name));
  }

  @Override
  public Protocol needed(String name) {
    return needed.stream()
        .filter(protocol -> provides(protocol).name().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("no protocol '" + name + "': hand it to started"));
  }
}
