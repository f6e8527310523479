package spyglass.lookout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.JvmVariables;
import spyglass.config.Kind;
import spyglass.config.Misuse;

/** What the user tells the workers' JVMs. */
final class JavaOptions {

  private static final Duration LONGEST = Duration.ofSeconds(20);

  /** What a JVM says before it says why. */
  private static final String NO_REASON =
      "Error occurred during initialization of .*|Error: Could not create the Java .*|\\s*";

  private JavaOptions() {}

  /**
   * Has a JVM look at them that does nothing else. In a worker a mistake would be noticed with the first
   * visitor, and he would be told of it with 503.
   */
  static void check(Configuration options, JvmVariables variables) throws Misuse {
    List<String> told = Kind.JavaOptions.words(options.text("java-opts"));
    List<String> words = variables.around(told);
    if (words.isEmpty()) {
      return;
    }
    List<String> flags = new ArrayList<>(variables.before());
    flags.addAll(Flags.WORKER);
    flags.addAll(told);
    flags.addAll(variables.after());
    List<String> command = Flags.base(flags);
    command.add("-version");
    try {
      Optional<String> why = complaint(command, LONGEST);
      if (why.isPresent()) {
        List<String> culprits = new ArrayList<>(variables.names());
        if (!told.isEmpty()) {
          culprits.add(options.said("java-opts").culprit());
        }
        throw new Misuse(
            String.join(" and ", culprits) + ": java does not start with that: " + why.get());
      }
    } catch (IOException e) {
      throw new Misuse("cannot run " + command.getFirst() + ": " + e.getMessage());
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the start", e);
    }
  }

  /**
   * What a command has to say that does not end with 0.
   *
   * @param longest how long it may take: told to wait for a debugger, java waits for ever
   */
  static Optional<String> complaint(List<String> command, Duration longest)
      throws IOException, InterruptedException {
    // A file, and no pipe: whoever reads that has no deadline.
    Path said = Files.createTempFile("spyglass-", ".log");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said.toFile());
      // What they say is in the command.
      builder.environment().keySet().removeAll(JvmVariables.all());
      Process java = builder.start();
      if (!java.waitFor(longest)) {
        java.destroyForcibly().waitFor();
        return Optional.of("it is not ready after " + longest.toSeconds() + " s");
      }
      if (java.exitValue() == 0) {
        return Optional.empty();
      }
      String all = Files.readString(said, StandardCharsets.ISO_8859_1);
      return Optional.of(
          all.lines()
              .filter(line -> !line.matches(NO_REASON))
              .findFirst()
              .orElse("no word of why"));
    } finally {
      Files.delete(said);
    }
  }
}
