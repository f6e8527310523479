package examples.acceptlab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The processes that the lab has started: nobody else's are ever signalled, and none is left. */
final class Children {

  private static final int PATIENCE_SECONDS = 40;

  private Children() {}

  static Process start(ProcessBuilder builder) throws IOException {
    Process process = builder.start();
    // For an end with TERM or Ctrl-C. To ask one who has ended already does nothing.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    return process;
  }

  /** A process, its children, theirs, and so on. */
  static List<Long> tree(Process process) {
    Stream<ProcessHandle> below = process.descendants();
    return Stream.concat(Stream.of(process.pid()), below.map(ProcessHandle::pid)).toList();
  }

  /** TERM, and patience; KILL for whoever has not ended after it. */
  static void end(Process process) {
    List<ProcessHandle> all =
        Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList();
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        all.forEach(ProcessHandle::destroyForcibly);
        process.waitFor();
      }
    } catch (InterruptedException e) {
      all.forEach(ProcessHandle::destroyForcibly);
      Thread.currentThread().interrupt();
    }
  }

  /** kill(1), since Java knows two signals only. */
  static void signal(String name, long pid) {
    try {
      int status =
          new ProcessBuilder("kill", "-" + name, "--", Long.toString(pid)).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("kill -" + name + " " + pid + ": exit " + status);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts the lab", e);
    }
  }
}
