package examples.dmq.channel;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Of many steps each is done, whatever becomes of the others. */
final class Failures {

  /** What is to be done. */
  @FunctionalInterface
  interface Step {
    void run() throws IOException;
  }

  private @Nullable IOException first;

  /** Does it, and remembers what goes wrong. */
  void attempt(Step step) {
    try {
      step.run();
    } catch (IOException e) {
      add(e);
    } catch (RuntimeException | OutOfMemoryError e) {
      add(new IOException(e));
    }
  }

  private void add(IOException failure) {
    if (first == null) {
      first = failure;
    } else {
      first.addSuppressed(failure);
    }
  }

  /** Throws what went wrong, if anything did. */
  void raise() throws IOException {
    if (first != null) {
      throw first;
    }
  }

  /** Tells what went wrong where nobody can be refused for it. */
  void tell(Channels.Told told) {
    if (first != null) {
      told.damage(String.valueOf(first));
    }
  }
}
