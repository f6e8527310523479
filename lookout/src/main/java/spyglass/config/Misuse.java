package spyglass.config;

import java.io.Serial;

/** The command cannot be carried out as given. The message is one line: what is wrong, what to do. */
public final class Misuse extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  /** A mistake in one line. */
  public Misuse(String message) {
    super(message);
  }
}
