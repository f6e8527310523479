package spyglass.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import spyglass.protocol.Context;
import spyglass.protocol.Protocol;
import spyglass.protocol.Provides;

/**
 * The protocols that the jars of the class path bring. Each that is wanted is made and started once,
 * after those that it needs.
 */
final class Protocols {

  private final Map<String, ServiceLoader.Provider<Protocol>> offered = new HashMap<>();
  private final Map<String, Protocol> started = new HashMap<>();
  private final Map<String, String> options;

  /**
   * Finds them, and runs no code of theirs yet.
   *
   * @param options what the user has set, by protocol and option: {@code echo.max-line}
   */
  Protocols(Map<String, String> options) {
    this.options = options;
    ServiceLoader.load(Protocol.class).stream()
        .forEach(provider -> {
          Provides provides = provider.type().getAnnotation(Provides.class);
          if (provides != null) {
            offered.putIfAbsent(provides.name(), provider);
          }
        });
  }

  /**
   * Starts a protocol.
   *
   * @throws Exception whatever the protocol threw, or that it is not there
   */
  Protocol start(String name) throws Exception {
    return start(name, List.of());
  }

  private Protocol start(String name, List<String> waiting) throws Exception {
    List<String> path = new ArrayList<>(waiting);
    path.add(name);
    if (waiting.contains(name)) {
      throw new IllegalStateException("protocols need each other: " + String.join(" -> ", path));
    }
    Protocol running = started.get(name);
    if (running != null) {
      return running;
    }
    ServiceLoader.Provider<Protocol> provider = offered.get(name);
    if (provider == null) {
      throw new IllegalStateException("no jar brings the protocol " + String.join(" -> ", path));
    }
    Provides provides = provider.type().getAnnotation(Provides.class);
    Map<String, Protocol> needed = new HashMap<>();
    for (String need : provides.needs()) {
      needed.put(need, start(need, path));
    }
    Protocol protocol = provider.get();
    protocol.start(new Told(provides, options, needed));
    started.put(name, protocol);
    return protocol;
  }

  private record Told(Provides provides, Map<String, String> options, Map<String, Protocol> needs)
      implements Context {

    @Override
    public String option(String name) {
      for (Provides.Option option : provides.options()) {
        if (option.name().equals(name)) {
          return options.getOrDefault(provides.name() + "." + name, option.value());
        }
      }
      throw new IllegalArgumentException(provides.name() + " has no option " + name);
    }

    @Override
    public Protocol needed(String name) {
      Protocol protocol = needs.get(name);
      if (protocol == null) {
        throw new IllegalArgumentException(provides.name() + " does not say that it needs " + name);
      }
      return protocol;
    }
  }
}
