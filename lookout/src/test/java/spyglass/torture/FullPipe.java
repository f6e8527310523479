package spyglass.torture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Fills the pipe between a worker and its master, as hours of a frozen master would. /proc/PID/fd/N of
 * a pipe can be opened like a file, and what is opened is that very pipe (proc(5)).
 */
final class FullPipe {

  private FullPipe() {}

  /** Writes "busy, idle" until there is no room; the worker must have nothing to do meanwhile. */
  static void fill(Path folder, long worker, long master) throws Exception {
    Path beats = folder.resolve("beats");
    Files.writeString(beats, "()".repeat(64 << 10));
    Path pipe = pipe(worker, master);
    // First by the page, then by the beat: a page may have room left for some.
    write(beats, pipe, 4096);
    write(beats, pipe, 2);
  }

  private static Path pipe(long worker, long master) throws IOException {
    Set<String> read = pipes(master).map(FullPipe::target).collect(Collectors.toSet());
    return pipes(worker).filter(mine -> read.contains(target(mine))).findFirst().orElseThrow();
  }

  private static Stream<Path> pipes(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors.filter(one -> target(one).startsWith("pipe:")).toList().stream();
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed";
    }
  }

  /** dd(1), because Java cannot open a pipe so that a write to a full one fails instead of waiting. */
  private static void write(Path beats, Path pipe, int size) throws Exception {
    Process dd =
        new ProcessBuilder(
                "dd", "if=" + beats, "of=" + pipe, "bs=" + size, "oflag=nonblock", "conv=notrunc")
            .redirectOutput(Redirect.DISCARD)
            .redirectError(Redirect.DISCARD)
            .start();
    assertTrue(dd.waitFor(10, TimeUnit.SECONDS), "dd waits for a full pipe");
    // EAGAIN: it is full.
    assertTrue(dd.exitValue() != 0, "a pipe that is never full");
  }
}
