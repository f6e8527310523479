package spyglass.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where settings come from, the later before the earlier: defaults, the environment, the command line
 * from left to right. A file named by {@code --config} counts where it is named.
 */
public final class Sources {

  /** The option that names a file. It is no setting: a file does not name another. */
  public static final String CONFIG = "config";

  private Sources() {}

  /**
   * Puts them in order and checks each value, those too that a later one overrules: a mistake in a file
   * should not wait for the day on which it matters.
   *
   * @param environment all variables; those of others are left alone
   * @param typed the command line from left to right
   */
  public static Configuration read(Map<String, String> environment, List<Said> typed)
      throws Misuse {
    List<Said> all = new ArrayList<>(Variables.read(environment));
    for (Said said : typed) {
      if (said.name().equals(CONFIG)) {
        all.addAll(ConfigFile.read(said.text()));
      } else {
        all.add(said);
      }
    }
    return Configuration.of(all);
  }
}
