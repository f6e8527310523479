package measure;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What /proc tells of processes (proc(5)). One that is gone has used nothing and holds nothing. */
final class Proc {

  private static final Path PROC = Path.of("/proc");

  /** Fields of /proc/PID/stat behind the name: utime, stime, and both of the children that ended. */
  private static final int UTIME = 11;

  private static final int CSTIME = 14;

  /** A hundredth of a second on every Linux (USER_HZ). */
  private static final double TICKS_PER_SECOND = 100;

  private Proc() {}

  /**
   * What a process has in memory, in kB.
   *
   * @param rss all of it, with what it shares
   * @param pss the same, but what two share counts half for each
   * @param dirty what it alone has written to: what its end would give back for sure
   */
  record Memory(long rss, long pss, long dirty) {
    Memory plus(Memory other) {
      return new Memory(rss + other.rss, pss + other.pss, dirty + other.dirty);
    }
  }

  static Memory memory(List<Long> pids) {
    return pids.stream().map(Proc::memory).reduce(new Memory(0, 0, 0), Memory::plus);
  }

  static Memory memory(long pid) {
    String rollup = read(pid, "smaps_rollup");
    return new Memory(
        kilobytes(rollup, "Rss"), kilobytes(rollup, "Pss"), kilobytes(rollup, "Private_Dirty"));
  }

  private static long kilobytes(String rollup, String name) {
    return rollup
        .lines()
        .filter(line -> line.startsWith(name + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .sum();
  }

  /** CPU seconds of these and of their children that have ended. */
  static double cpuSeconds(List<Long> pids) {
    return pids.stream().mapToLong(Proc::ticks).sum() / TICKS_PER_SECOND;
  }

  private static long ticks(long pid) {
    String stat = read(pid, "stat");
    // "4711 (spy-worker) S ...": the name may hold anything, so its end is looked for backwards.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ", -1);
    long ticks = 0;
    for (int i = UTIME; i <= CSTIME && i < fields.length; i++) {
      ticks += Long.parseLong(fields[i]);
    }
    return ticks;
  }

  static String name(long pid) {
    return read(pid, "comm").strip();
  }

  static long descriptors(long pid) {
    return entries(pid, "fd");
  }

  static long threads(long pid) {
    return entries(pid, "task");
  }

  private static long entries(long pid, String folder) {
    long count = 0;
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(PROC.resolve(pid + "/" + folder))) {
      for (Path entry : entries) {
        count += entry.getNameCount() > 0 ? 1 : 0;
      }
    } catch (IOException | java.nio.file.DirectoryIteratorException e) {
      return 0;
    }
    return count;
  }

  /** A process whose command line holds this text, and that is no lookout, which only sleeps. */
  static Optional<ProcessHandle> withArgument(String text) {
    return ProcessHandle.allProcesses()
        .filter(process -> read(process.pid(), "cmdline").contains(text))
        .filter(process -> !name(process.pid()).equals("spy-lookout"))
        .findFirst();
  }

  private static String read(long pid, String file) {
    try {
      return Files.readString(PROC.resolve(pid + "/" + file), ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
