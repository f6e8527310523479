package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import spyglass.config.JvmVariables;
import spyglass.master.MasterMain;
import spyglass.process.Exit;
import spyglass.worker.RehearsalApp;
import spyglass.worker.WorkerMain;

/**
 * Makes the {@link Caches}: has a whole tree wake, answer a little and go to sleep while each JVM
 * records what it needed, then has the recordings assembled.
 */
final class Rehearsal {

  /** A rehearsal that takes longer than this is given up. */
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private static final String LATE = "in a minute the server did not ";

  private static final String REQUESTS =
      "GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: rehearsal\r\nAccept: */*\r\n\r\n"
          + "HEAD / HTTP/1.1\r\nHost: a\r\n\r\n"
          + "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
          + "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n"
          + "GET /stream HTTP/1.1\r\nHost: a\r\n\r\n";

  private final List<String> starter;
  private final List<Path> lib;

  /**
   * A rehearsal that starts Spyglass as everybody else does.
   *
   * @param starter the beginning of a command line that starts one
   * @param lib our jars
   */
  Rehearsal(List<String> starter, List<Path> lib) {
    this.starter = starter;
    this.lib = lib;
  }

  /** Leaves the caches in their folder, which must be there and empty. Takes some seconds. */
  void make(Caches caches) throws IOException {
    try {
      perform(caches);
      for (List<String> command : assembly(caches, lib)) {
        run(command, caches.folder().toPath().resolve("log"));
      }
      caches.tidy();
    } catch (InterruptedException e) {
      throw new IOException("interrupted", e);
    }
  }

  private void perform(Caches caches) throws IOException, InterruptedException {
    Path run = Files.createTempDirectory("spyglass-");
    // A file, and no pipe: whoever reads that has no deadline.
    Path log = caches.folder().toPath().resolve("log");
    ProcessBuilder builder = new ProcessBuilder(command(caches.folder(), run));
    Server.makeOurs(builder.environment());
    builder.environment().keySet().removeAll(JvmVariables.all());
    builder.environment().put(Caches.REHEARSAL, caches.folder().getPath());
    Process server =
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(log.toFile()).start();
    try {
      await(server, "begin to listen", () -> !port(log).isEmpty());
      if (server.isAlive()) {
        request(Integer.parseInt(port(log)));
        await(server, "go to sleep", () -> server.children().findAny().isEmpty());
        server.destroy();
      }
      if (!server.waitFor(LONGEST)) {
        throw new IOException(LATE + "end");
      }
      check(server.exitValue(), "the server", Files.readString(log, StandardCharsets.ISO_8859_1));
    } finally {
      server.destroyForcibly();
      Files.delete(log);
      Files.deleteIfExists(run);
    }
  }

  private static String port(Path log) {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
      return lines
          .filter(line -> line.contains("listening on"))
          .map(line -> line.substring(line.lastIndexOf(':') + 1))
          .findFirst()
          .orElse("");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(Process server, String what, BooleanSupplier done)
      throws IOException, InterruptedException {
    long until = System.nanoTime() + LONGEST.toNanos();
    while (server.isAlive() && !done.getAsBoolean()) {
      if (System.nanoTime() - until > 0) {
        throw new IOException(LATE + what);
      }
      Thread.sleep(50);
    }
  }

  private List<String> command(File folder, Path run) {
    List<String> command = new ArrayList<>(starter);
    command.addAll(
        List.of(
            "--host=127.0.0.1",
            "--port=0",
            "--workers=1",
            "--timeout=1",
            "--with-parent",
            "--run=" + run,
            "--cache=" + folder.getParent(),
            "--data=" + folder,
            "--app=" + RehearsalApp.class.getName(),
            Lib.jar(lib, "spyglass-worker").toString()));
    return command;
  }

  private static void request(int port) throws IOException {
    for (String first : List.of("", REQUESTS)) {
      try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
        client.setSoTimeout(Math.toIntExact(LONGEST.toMillis()));
        OutputStream out = client.getOutputStream();
        out.write(
            (first + "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        client.getInputStream().readAllBytes();
      }
    }
  }

  /** The commands that make the caches out of what a rehearsal has recorded. */
  static List<List<String>> assembly(Caches caches, List<Path> lib) {
    List<String> lookout = new ArrayList<>(Flags.LOOKOUT);
    lookout.addAll(Flags.ROOM);
    return List.of(
        assembly(caches, lookout, Lib.LOOKOUT.classPath(lib), LookoutMain.class),
        assembly(caches, Flags.MASTER, Lib.MASTER.classPath(lib), MasterMain.class),
        assembly(caches, Flags.WORKER, Lib.WORKER.classPath(lib), WorkerMain.class));
  }

  private static List<String> assembly(
      Caches caches, List<String> flags, String classPath, Class<?> main) {
    List<String> command = Flags.base(flags);
    command.addAll(caches.assemblyFlags(main));
    command.addAll(List.of("-cp", classPath));
    return command;
  }

  private static void run(List<String> command, Path log) throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process = builder.redirectOutput(log.toFile()).start();
    try {
      process.getOutputStream().close();
      if (!process.waitFor(LONGEST)) {
        throw new IOException("in a minute java did not make a cache");
      }
      check(process.exitValue(), "java", Files.readString(log, StandardCharsets.ISO_8859_1));
    } finally {
      process.destroyForcibly();
      Files.delete(log);
    }
  }

  /** The last line that has a word in it says why. */
  private static void check(int status, String who, String said) throws IOException {
    if (status != Exit.FINE) {
      String last =
          said.lines()
              .filter(line -> line.matches(".*\\w.*"))
              .reduce((before, after) -> after)
              .orElse("it has not said why");
      throw new IOException(who + ": " + Exit.inWords(status) + ": " + last);
    }
  }
}
