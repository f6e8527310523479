package spyglass.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which connections a process holds. The kernel tells it in two halves: /proc/net/tcp has a line for
 * each connection, with both ports and the number of the socket's inode, and /proc/PID/fd has links
 * that name the inodes. A connection that nobody has accepted yet has inode 0 there, so it is in
 * nobody's hands.
 */
final class Holdings {

  /** local address:port remote address:port state queues timer retransmits uid timeout inode. */
  private static final Pattern LINE =
      Pattern.compile(
          "\\s*\\d+: [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]+:([0-9A-F]{4}) [0-9A-F]{2} \\S+ \\S+ \\S+"
              + " +\\d+ +\\d+ (\\d+) .*");

  private static final Pattern SOCKET = Pattern.compile("socket:\\[(\\d+)]");

  private final int serverPort;

  Holdings(int serverPort) {
    this.serverPort = serverPort;
  }

  /** The clients' ports of the connections to our server that a process holds; it must stand still. */
  Set<Integer> of(long pid) throws IOException {
    // The descriptors first: what is closed between the two looks is then missing in the second.
    Set<String> inodes = inodes(pid);
    Map<String, Integer> connections = new HashMap<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      connections.putAll(connections(Files.readAllLines(Path.of(table))));
    }
    connections.keySet().retainAll(inodes);
    return new HashSet<>(connections.values());
  }

  /** Client's ports by inode. */
  Map<String, Integer> connections(List<String> table) {
    Map<String, Integer> ports = new HashMap<>();
    for (String line : table) {
      Matcher one = LINE.matcher(line);
      if (one.matches() && Integer.parseInt(one.group(1), 16) == serverPort) {
        ports.put(one.group(3), Integer.parseInt(one.group(2), 16));
      }
    }
    // The listening socket itself, which has nobody at its other end.
    ports.values().removeIf(port -> port == 0);
    return ports;
  }

  private static Set<String> inodes(long pid) throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return descriptors
          .map(Holdings::target)
          .map(SOCKET::matcher)
          .filter(Matcher::matches)
          .map(socket -> socket.group(1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException e) {
      return "closed meanwhile";
    }
  }
}
