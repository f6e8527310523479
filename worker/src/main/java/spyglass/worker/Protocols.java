package spyglass.worker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import spyglass.life.Life;
import spyglass.life.Living;
import spyglass.protocol.Context;
import spyglass.protocol.Protocol;
import spyglass.protocol.Provides;

/**
 * The protocols that the jars of the class path bring. Each that is wanted is made and started once,
 * after those that it needs.
 */
final class Protocols {

  private final Map<String, ServiceLoader.Provider<Protocol>> offered = new HashMap<>();
  private final Map<String, Protocol> started = new LinkedHashMap<>();
  private final Map<String, String> options;
  private final Life life;

  /**
   * Finds them, and runs no code of theirs yet.
   *
   * @param options what the user has set, by protocol and option: {@code echo.max-line}
   * @param life what surrounds them
   */
  Protocols(Map<String, String> options, Life life) {
    this.options = options;
    this.life = life;
    ServiceLoader.load(Protocol.class).stream()
        .forEach(provider -> {
          Provides provides = provider.type().getAnnotation(Provides.class);
          if (provides != null) {
            offered.putIfAbsent(provides.name(), provider);
          }
        });
  }

  /**
   * Starts a protocol, and makes a service of it.
   *
   * @throws Exception whatever the protocol threw, or that it is not there
   */
  ProtocolService start(String name) throws Exception {
    Protocol protocol = start(name, List.of());
    Map<String, Protocol> needed = new LinkedHashMap<>(started);
    needed.remove(name);
    return new ProtocolService(protocol, List.copyOf(needed.values()));
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
    protocol.start(new Told(provides, options, needed, life));
    started.put(name, protocol);
    return protocol;
  }

  private record Told(
      Provides provides, Map<String, String> options, Map<String, Protocol> needs, Life life)
      implements Context, Living {

    @Override
    public System.Logger log() {
      return System.getLogger(provides.name());
    }

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
