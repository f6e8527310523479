package spyglass.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server that somebody else has started, or that logs to a file: a {@link Tree} knows neither. Whoever
 * opens one closes it, and closing fails when a process is left.
 */
final class Started implements AutoCloseable {

  private static final long DEADLINE_SECONDS = 30;

  private final Launcher.Run run;
  private final Path log;

  /** The log of a server that has no file for it is the starter's standard error. */
  private Started(Launcher.Run run, Path log) {
    this.run = run;
    this.log = log;
  }

  static Started by(List<String> command, Path log) throws IOException {
    return new Started(Launcher.start(Map.of(), command), log);
  }

  static Started by(List<String> command) throws IOException {
    Launcher.Run run = Launcher.start(Map.of(), command);
    return new Started(run, run.log());
  }

  /** A port that nobody has, for those who cannot tell which one they have got. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Where a program is, if it is installed; daemons lie beside the path of those who are not root. */
  static Optional<Path> find(String program) {
    return Stream.of((System.getenv("PATH") + ":/usr/sbin:/sbin:/usr/local/sbin").split(":"))
        .map(folder -> Path.of(folder, program))
        .filter(Files::isExecutable)
        .findFirst();
  }

  static boolean isInstalled(String program) {
    return find(program).isPresent();
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException e) {
      return false;
    }
  }

  long pid() {
    return run.process().pid();
  }

  List<String> said() {
    return run.lines();
  }

  /** Every process there is of this server, its starter and zombies too. */
  List<Proc> all() {
    return Proc.withVariable(run.mark());
  }

  /** Ours among them. */
  List<Proc> ours() {
    return all().stream().filter(proc -> proc.name().startsWith("spy-")).toList();
  }

  List<Long> named(String name) {
    return all().stream().filter(proc -> proc.name().equals(name)).map(Proc::pid).toList();
  }

  String log() {
    try {
      return Files.exists(log) ? Files.readString(log, StandardCharsets.ISO_8859_1) : "";
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  long count(String part) {
    return log().lines().filter(line -> line.contains(part)).count();
  }

  void awaitLog(String part) {
    await(part, () -> count(part) > 0);
  }

  void await(String what, BooleanSupplier condition) {
    Patience.await(what, DEADLINE_SECONDS, condition, this::story);
  }

  private String story() {
    return "there are " + all() + "\n" + log() + said();
  }

  int awaitEnd() {
    await("the end of all processes", () -> !run.process().isAlive() && all().isEmpty());
    return run.process().exitValue();
  }

  /** Ends the starter, and a lookout that the starter does not end. */
  @Override
  public void close() {
    if (run.process().isAlive()) {
      Proc.kill("TERM", pid());
    }
    for (long lookout : named("spy-lookout")) {
      if (lookout != pid()) {
        Proc.kill("TERM", lookout);
      }
    }
    try {
      awaitEnd();
    } catch (AssertionError e) {
      all().forEach(left -> Proc.kill("KILL", left.pid()));
      throw e;
    } finally {
      run.tidy();
    }
  }
}
