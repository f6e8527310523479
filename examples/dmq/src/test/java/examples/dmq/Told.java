package examples.dmq;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import spyglass.life.Hold;
import spyglass.life.Living;
import spyglass.life.TestLife;
import spyglass.protocol.Context;
import spyglass.protocol.Protocol;
import spyglass.protocol.Provides;

/**
 * What a node is told in a test.
 *
 * @param life its folder
 * @param options those that are not as usual
 * @param holds how many keep it awake now
 */
public record Told(TestLife life, Map<String, String> options, AtomicInteger holds)
    implements Context, Living {

  /** A node with little memory and a few options of the test's. */
  public static Told of(Path data, Map<String, String> options) {
    return new Told(new TestLife(Optional.of(data)), options, new AtomicInteger());
  }

  @Override
  public String option(String name) {
    if (options.containsKey(name)) {
      return options.getOrDefault(name, "");
    }
    for (Provides.Option option : Dmq.class.getAnnotation(Provides.class).options()) {
      if (option.name().equals(name)) {
        return option.value();
      }
    }
    throw new IllegalArgumentException("no option " + name);
  }

  @Override
  public Protocol needed(String name) {
    throw new IllegalArgumentException("dmq needs nothing");
  }

  @Override
  public Hold hold() {
    holds.incrementAndGet();
    return holds::decrementAndGet;
  }
}
