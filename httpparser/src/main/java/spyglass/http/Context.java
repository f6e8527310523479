package spyglass.http;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import spyglass.life.Life;
import spyglass.life.TestLife;

/** What an app is told when it starts. */
public interface Context extends Life {

  /**
   * What the user has set with {@code --option app.NAME=VALUE}. Which names there are, only the app
   * knows: the server takes any.
   *
   * @param name without {@code app.}: lower case letters, digits and hyphens
   * @param otherwise what it is unless told
   */
  String option(String name, String otherwise);

  /**
   * What an app is told in a test: {@code app.start(Context.inTest(folder, Map.of()))}.
   *
   * @param data the folder in which it keeps things
   * @param told options by name
   */
  static Context inTest(Path data, Map<String, String> told) {
    return new TestContext(new TestLife(Optional.of(data)), told);
  }
}
