package spyglass.lookout;

import java.io.Serial;

/** The command cannot be carried out as given. The message is one line: what is wrong, what to do. */
final class Misuse extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  Misuse(String message) {
    super(message);
  }
}
