package spyglass.lookout;

import java.io.PrintStream;
import org.jspecify.annotations.Nullable;
import spyglass.log.Plain;

/**
 * Where a command prints. Much of it was written by others, by a jar, a file's name or a server of another
 * user's, so no control character but the line end gets through; see {@link Plain}.
 */
final class Screen extends PrintStream {

  Screen(PrintStream terminal) {
    super(terminal, true, terminal.charset());
  }

  /** All that prints text comes by here. */
  @Override
  public void print(@Nullable String text) {
    super.print(Plain.lines(String.valueOf(text)));
  }

  /** From now on this process prints so. */
  static void guard() {
    System.setOut(new Screen(System.out));
    System.setErr(new Screen(System.err));
  }
}
