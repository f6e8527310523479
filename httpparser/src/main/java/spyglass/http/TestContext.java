package spyglass.http;

import java.util.Map;
import spyglass.life.Living;
import spyglass.life.TestLife;

/** What an app is told in a test. */
record TestContext(TestLife life, Map<String, String> options) implements Context, Living {

  @Override
  public String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }
}
