package measure;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A process that we have started, and its folder for temporary files: nobody else's is ever signalled,
 * and of ours nothing is left. Any thread may close it, and twice.
 */
final class Child implements AutoCloseable {

  private static final int PATIENCE_SECONDS = 40;

  private final Process process;
  private final Path folder;
  private final Path log;
  private boolean closed;

  private Child(Process process, Path folder, Path log) {
    this.process = process;
    this.folder = folder;
    this.log = log;
  }

  /** Makes a command line for a folder, and the files that it names. */
  interface Command {
    List<String> of(Path folder) throws IOException;
  }

  /** Starts one that has nothing to read and writes all it says to a file. */
  static Child start(Command command) throws IOException {
    Path folder = Files.createTempDirectory("measure");
    try {
      Path log = Files.createFile(folder.resolve("log"));
      ProcessBuilder builder =
          new ProcessBuilder(command.of(folder))
              .redirectInput(new File("/dev/null"))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
      clear(builder.environment());
      builder.environment().put("SPYGLASS_JAVA_HOME", System.getProperty("java.home"));
      return new Child(builder.start(), folder, log);
    } catch (IOException | RuntimeException e) {
      Folders.remove(folder);
      throw e;
    }
  }

  /** Takes away what would give a JVM or Spyglass other options than the measurement says. */
  static void clear(Map<String, String> environment) {
    environment.keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "JAVA_OPTS"));
    environment.keySet().removeIf(name -> name.startsWith("SPYGLASS_"));
  }

  Process process() {
    return process;
  }

  Path folder() {
    return folder;
  }

  /** All that it has said. */
  String said() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException("the log of " + process.info().command().orElse("?"), e);
    }
  }

  /** Closes one that is of no use, and tells what it had to say until its end. */
  synchronized IOException failed(String what, Exception cause) {
    end();
    String words = Files.exists(log) ? said().strip() : "";
    close();
    return new IOException(what + ": " + words, cause);
  }

  /** Ends it and removes its folder. */
  @Override
  public synchronized void close() {
    if (!closed) {
      end();
      Folders.remove(folder);
      closed = true;
    }
  }

  /**
   * TERM, and patience. A tree ends from its root; who outlives that, such as the rehearsal of a start
   * that was broken off, is told too. KILL for whoever has not ended after it.
   */
  private void end() {
    List<ProcessHandle> below = process.descendants().toList();
    process.destroy();
    await(List.of(process.toHandle()));
    below.forEach(ProcessHandle::destroy);
    await(below);
    process.destroyForcibly();
    below.forEach(ProcessHandle::destroyForcibly);
  }

  private static void await(List<ProcessHandle> processes) {
    try {
      Visit.await(
          PATIENCE_SECONDS, "an end", () -> processes.stream().noneMatch(ProcessHandle::isAlive));
    } catch (IOException e) {
      // By force, then.
    }
  }
}
