package spyglass.http;

import java.nio.file.Path;
import java.util.Map;
import spyglass.life.Hold;
import spyglass.life.TestLife;
import spyglass.life.WakeReason;

/** What an app is told in a test. */
record TestContext(TestLife life, Map<String, String> options) implements Context {

  @Override
  public String option(String name, String otherwise) {
    return options.getOrDefault(name, otherwise);
  }

  @Override
  public Path data() {
    return life.data();
  }

  @Override
  public WakeReason wakeReason() {
    return life.wakeReason();
  }

  @Override
  public System.Logger log() {
    return life.log();
  }

  @Override
  public Hold hold() {
    return life.hold();
  }
}
