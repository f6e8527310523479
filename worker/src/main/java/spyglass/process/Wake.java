package spyglass.process;

import java.util.Map;

/**
 * Why a process was started, told like its {@link Parent} in the environment that it inherits. The
 * lookout says it once for a whole tree; a master says to those it starts later that they are company.
 */
public final class Wake {

  /** Somebody has connected. */
  public static final String CONNECTION = "connection";

  /** Somebody has said so. */
  public static final String ORDER = "order";

  /** Others are there already, or were a moment ago. */
  public static final String COMPANY = "company";

  private static final String VARIABLE = "SPYGLASS_WAKE";

  private Wake() {}

  /** The parent's side. */
  public static void tell(Map<String, String> environment, String reason) {
    environment.put(VARIABLE, reason);
  }

  /** The child's side. */
  public static String reason() {
    String told = System.getenv(VARIABLE);
    return told == null ? COMPANY : told;
  }
}
