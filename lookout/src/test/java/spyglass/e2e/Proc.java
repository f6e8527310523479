package spyglass.e2e;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process as /proc shows it (proc(5)).
 *
 * @param pid its number
 * @param name what ps calls it
 * @param state one letter: R runs, S sleeps, Z is a zombie
 * @param parent its parent's pid
 */
public record Proc(long pid, String name, char state, long parent) {

  private static final Path PROC = Path.of("/proc");

  /**
   * All processes that were started with that variable, by whatever ancestors: an environment is
   * inherited, and unlike the chain of parents it is not broken by the death of one of them. A zombie
   * has no environment any more; it counts if its parent does.
   */
  static List<Proc> withVariable(String assignment) {
    List<Proc> all = all();
    List<Proc> living = all.stream().filter(proc -> proc.hasVariable(assignment)).toList();
    List<Long> pids = living.stream().map(Proc::pid).toList();
    Stream<Proc> zombies =
        all.stream().filter(proc -> proc.state == 'Z' && pids.contains(proc.parent));
    return Stream.concat(living.stream(), zombies).toList();
  }

  /** The processes whose parent it is, zombies too. */
  static List<Proc> childrenOf(long parent) {
    return all().stream().filter(proc -> proc.parent == parent).toList();
  }

  private static List<Proc> all() {
    try (Stream<Path> entries = Files.list(PROC)) {
      return entries
          .filter(entry -> entry.getFileName().toString().matches("[0-9]+"))
          .flatMap(entry -> read(entry).stream())
          .toList();
    } catch (IOException e) {
      throw new IllegalStateException("cannot read /proc", e);
    }
  }

  /** Empty for a process that has ended since the folder was listed. */
  private static Optional<Proc> read(Path folder) {
    try {
      // "4711 (spy-worker) S 4700 ...": the name may contain anything, so its end is looked for
      // from the end.
      String stat = Files.readString(folder.resolve("stat"), StandardCharsets.ISO_8859_1);
      int close = stat.lastIndexOf(')');
      String[] rest = stat.substring(close + 2).split(" ", 3);
      long pid = Long.parseLong(folder.getFileName().toString());
      String name = stat.substring(stat.indexOf('(') + 1, close);
      return Optional.of(new Proc(pid, name, rest[0].charAt(0), Long.parseLong(rest[1])));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean hasVariable(String assignment) {
    try {
      // /proc/PID/environ: one NUL after each.
      String environ =
          Files.readString(
              PROC.resolve(Long.toString(pid)).resolve("environ"), StandardCharsets.ISO_8859_1);
      return ("\0" + environ).contains("\0" + assignment + "\0");
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * How many descriptors a process has open. The list of its own mappings, which a lookout reads for some
   * milliseconds when it falls asleep, is not counted.
   */
  public static long descriptors(long pid) {
    try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
      return open.filter(one -> !target(one).endsWith("/smaps")).count();
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid + " has ended", e);
    }
  }

  /**
   * How many of them are sockets: what a JVM opens for itself, and when, does not count. A process
   * that has ended has none.
   */
  public static long sockets(long pid) {
    try (Stream<Path> open = Files.list(PROC.resolve(pid + "/fd"))) {
      return open.filter(one -> target(one).startsWith("socket:")).count();
    } catch (IOException e) {
      return 0;
    }
  }

  /** What a descriptor stands for; an empty text if it was closed meanwhile. */
  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether SIGSTOP has reached every thread of a process, which takes a moment. */
  public static boolean isStopped(long pid) {
    try (Stream<Path> threads = Files.list(PROC.resolve(pid + "/task"))) {
      return threads.flatMap(thread -> read(thread).stream()).allMatch(it -> it.state == 'T');
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid + " has ended", e);
    }
  }

  /** How many threads a process has. */
  public static long threads(long pid) {
    return number(pid, "status", "Threads:");
  }

  /** How much of a process is in memory. */
  public static long residentKilobytes(long pid) {
    return number(pid, "status", "VmRSS:");
  }

  /** How much of it is its own alone: what it has written to, which no other process can use. */
  public static long privateDirtyKilobytes(long pid) {
    return number(pid, "smaps_rollup", "Private_Dirty:");
  }

  /** Whether a process has a handler of its own for a signal (proc(5): SigCgt, bit 0 is signal 1). */
  public static boolean catches(long pid, int signal) {
    String mask = line(pid, "status", "SigCgt:").substring("SigCgt:".length()).strip();
    return (Long.parseUnsignedLong(mask, 16) >>> (signal - 1) & 1) == 1;
  }

  /** Its command line, with a NUL after each word; empty if it has ended. */
  public static String commandLine(long pid) {
    try {
      return Files.readString(PROC.resolve(pid + "/cmdline"), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }

  private static long number(long pid, String file, String name) {
    return Long.parseLong(line(pid, file, name).replaceAll("[^0-9]", ""));
  }

  private static String line(long pid, String file, String name) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/" + file))) {
      return lines.filter(line -> line.startsWith(name)).findFirst().orElseThrow();
    } catch (IOException e) {
      throw new IllegalStateException("process " + pid + " has ended", e);
    }
  }

  /** kill(1), since Java knows two signals only. */
  public static void kill(String signal, long pid) {
    if (!tryKill(signal, pid)) {
      throw new IllegalStateException("kill -" + signal + " " + pid + " failed");
    }
  }

  /** The same for a process that may have ended meanwhile: answers whether there was one. */
  public static boolean tryKill(String signal, long pid) {
    try {
      return new ProcessBuilder("kill", "-" + signal, "--", Long.toString(pid))
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
