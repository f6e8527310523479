package examples.acceptlab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A process as /proc shows it (proc(5)).
 *
 * @param pid its number
 * @param state one letter: S sleeps, T is stopped, Z is a zombie
 * @param ticks the CPU time of all its threads, and of its children that have ended and that it has
 *     asked about, in hundredths of a second
 */
record Proc(long pid, char state, long ticks) {

  private static final Path PROC = Path.of("/proc");

  /** Fields of /proc/PID/stat, counted from the state, which is the third: utime to cstime. */
  private static final int UTIME = 11;

  private static final int CSTIME = 14;

  /** Nothing for a process that is gone. */
  static Optional<Proc> of(long pid) {
    try {
      String stat = Files.readString(PROC.resolve(pid + "/stat"), ISO_8859_1);
      // "4711 (spy-worker) S ...": the name may hold anything, so its end is looked for backwards.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      long ticks = 0;
      for (int i = UTIME; i <= CSTIME; i++) {
        ticks += Long.parseLong(fields[i]);
      }
      return Optional.of(new Proc(pid, fields[0].charAt(0), ticks));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /**
   * How often its threads have left a core, because they had to wait or because it was another's turn.
   * /proc/PID/status counts the first thread only, so each is asked. What has ended is not counted.
   */
  static long switches(long pid) {
    long sum = 0;
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(PROC.resolve(pid + "/task"))) {
      for (Path task : tasks) {
        sum += switches(task.resolve("status"));
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      // It has ended while we looked.
    }
    return sum;
  }

  private static long switches(Path status) {
    try {
      return Files.readString(status, ISO_8859_1)
          .lines()
          .filter(line -> line.contains("ctxt_switches:"))
          .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
          .sum();
    } catch (IOException e) {
      return 0;
    }
  }
}
