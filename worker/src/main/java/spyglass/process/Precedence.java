package spyglass.process;

import java.util.Map;

/**
 * Whether this worker is the first of a wake and has been started before its master, which does not boot
 * until the worker has told it to: a visitor waits for the one, and nobody yet for the other.
 */
public final class Precedence {

  /** The environment variable in which a shell that is to become the master says so. */
  private static final String VARIABLE = "SPYGLASS_GOES_FIRST";

  private Precedence() {}

  /** The child's side. */
  public static boolean isOurs() {
    return System.getenv(VARIABLE) != null;
  }

  /** For the environment of all other children. */
  public static void conceal(Map<String, String> environment) {
    environment.remove(VARIABLE);
  }
}
