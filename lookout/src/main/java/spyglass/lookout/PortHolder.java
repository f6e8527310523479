package spyglass.lookout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who listens. /proc/net/tcp and its like list the machine's sockets with inodes (proc_pid_net(5));
 * a process that has one open shows it as {@code socket:[inode]} among its descriptors. Processes of
 * other users do not let us look.
 */
final class PortHolder {

  private static final String LISTENING = "0A";

  /** The same as a flag in the other table. */
  private static final String ACCEPTING = "00010000";

  private PortHolder() {}

  /** A phrase like {@code "nginx, pid 123"}, if it can be known. */
  static Optional<String> find(int port) {
    Set<String> sockets =
        Stream.of("/proc/net/tcp", "/proc/net/tcp6")
            .flatMap(table -> lines(Path.of(table)).stream())
            .map(line -> line.strip().split("\\s+"))
            .filter(row -> row.length > 9 && row[3].equals(LISTENING))
            .filter(row -> row[1].endsWith(":" + String.format("%04X", port)))
            .map(row -> "socket:[" + row[9] + "]")
            .collect(Collectors.toSet());
    return holder(sockets);
  }

  /** The same for a Unix socket, by the path that was given to bind(2). */
  static Optional<String> find(Path file) {
    Set<String> sockets =
        lines(Path.of("/proc/net/unix")).stream()
            .map(line -> line.strip().split("\\s+", 8))
            .filter(row -> row.length > 7 && row[3].equals(ACCEPTING))
            .filter(row -> row[7].equals(file.toString()))
            .map(row -> "socket:[" + row[6] + "]")
            .collect(Collectors.toSet());
    return holder(sockets);
  }

  private static Optional<String> holder(Set<String> sockets) {
    return ProcessHandle.allProcesses()
        .map(ProcessHandle::pid)
        .filter(pid -> holds(pid, sockets))
        .findFirst()
        .map(pid -> name(pid) + ", pid " + pid);
  }

  private static boolean holds(long pid, Set<String> sockets) {
    try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return open.anyMatch(link -> sockets.contains(target(link)));
    } catch (IOException | UncheckedIOException e) {
      // Not ours to look at, or it has ended while we looked.
      return false;
    }
  }

  private static String target(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static String name(long pid) {
    return String.join("", lines(Path.of("/proc/" + pid + "/comm")));
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      return List.of();
    }
  }
}
