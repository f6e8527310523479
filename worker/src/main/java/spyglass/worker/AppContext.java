package spyglass.worker;

import java.util.Map;
import spyglass.http.Context;
import spyglass.life.Life;
import spyglass.life.Living;

/**
 * What an app is told when it starts.
 *
 * @param life what surrounds it
 * @param options what the user has set: {@code app.size}
 */
record AppContext(Life life, Map<String, String> options) implements Context, Living {

  /** What {@code --option} begins with where it is for an app. */
  private static final String APP = "app.";

  @Override
  public String option(String name, String otherwise) {
    return options.getOrDefault(APP + name, otherwise);
  }
}
