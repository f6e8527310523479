package spyglass.worker;

import java.nio.file.Path;
import java.util.Map;
import spyglass.http.Context;
import spyglass.life.Hold;
import spyglass.life.Life;
import spyglass.life.WakeReason;

/**
 * What an app is told when it starts.
 *
 * @param life what surrounds it
 * @param options what the user has set: {@code app.size}
 */
record AppContext(Life life, Map<String, String> options) implements Context {

  /** What {@code --option} begins with where it is for an app. */
  private static final String APP = "app.";

  @Override
  public String option(String name, String otherwise) {
    return options.getOrDefault(APP + name, otherwise);
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
