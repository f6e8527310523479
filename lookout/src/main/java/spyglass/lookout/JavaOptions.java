package spyglass.lookout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import spyglass.config.Configuration;
import spyglass.config.Kind;
import spyglass.config.Misuse;

/** What the user tells the workers' JVMs. */
final class JavaOptions {

  private JavaOptions() {}

  /**
   * Has a JVM look at them that does nothing else. In a worker a mistake would be noticed with the first
   * visitor, and he would be told of it with 503.
   */
  static void check(Configuration options) throws Misuse {
    List<String> words = Kind.JavaOptions.words(options.text("java-opts"));
    if (words.isEmpty()) {
      return;
    }
    List<String> flags = new ArrayList<>(Flags.WORKER);
    flags.addAll(words);
    List<String> command = Flags.base(flags);
    command.add("-version");
    try {
      Process java = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (java.waitFor() != 0) {
        String why = said.lines().findFirst().orElse("no word of why");
        throw new Misuse(
            options.said("java-opts").culprit() + ": java does not start with that: " + why);
      }
    } catch (IOException e) {
      throw new Misuse("cannot run " + command.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the start", e);
    }
  }
}
