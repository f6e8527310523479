package examples.acceptlab;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spyglass, started by its launcher as anybody would, on any free port. */
final class SpyglassSubject implements Subject {

  private static final Pattern LISTENING = Pattern.compile("listening on http://\\S+:([0-9]+)");

  /** The very first start of a checkout builds, and the first after a build rehearses. */
  private static final long START_NANOS = 300_000_000_000L;

  private final Process process;
  private final Path log;
  private final int port;

  private SpyglassSubject(Process process, Path log) throws IOException {
    this.process = process;
    this.log = log;
    try {
      port = awaitPort();
    } catch (IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  static SpyglassSubject start(Path launcher, List<String> options, Path jar) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString(), "-v"));
    command.addAll(List.of("--listen", "127.0.0.1:0", "--timeout", "60", "--drain", "10"));
    command.addAll(options);
    command.add(jar.toString());
    Path folder = Files.createTempDirectory("accept-lab");
    command.add(1, "--run=" + folder.resolve("run"));
    Path log = Files.createFile(folder.resolve("log"));
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectInput(new java.io.File("/dev/null"))
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(log.toFile());
    builder.environment().put("SPYGLASS_JAVA_HOME", System.getProperty("java.home"));
    return new SpyglassSubject(Children.start(builder), log);
  }

  private int awaitPort() throws IOException {
    long until = System.nanoTime() + START_NANOS;
    while (System.nanoTime() - until < 0) {
      String said = Files.readString(log);
      Matcher listening = LISTENING.matcher(said);
      if (listening.find()) {
        return Integer.parseInt(listening.group(1));
      }
      if (!process.isAlive()) {
        throw new IOException("Spyglass has not started: " + said.strip());
      }
      pause();
    }
    throw new IOException("Spyglass does not listen: " + Files.readString(log).strip());
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the lab", e);
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public List<Long> pids() {
    return Children.tree(process);
  }

  @Override
  public void close() {
    Children.end(process);
    try {
      Files.deleteIfExists(log);
      Files.deleteIfExists(log.resolveSibling("run"));
      Files.deleteIfExists(log.toAbsolutePath().getParent());
    } catch (IOException e) {
      // A file in the folder for temporary ones: whoever tidies that will find it.
    }
  }
}
