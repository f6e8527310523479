package spyglass.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import spyglass.config.Misuse;

/**
 * The servers whose control sockets lie in some run folders.
 *
 * @param runs the folders; those that are not there are left out
 */
public record Servers(List<Path> runs) {

  private static final String SOCKET = ".sock";

  /** The kernel keeps 108 bytes, one of them for a NUL (unix(7)); the JDK leaves out another. */
  private static final int LONGEST_PATH = 106;

  /**
   * The control socket of a name in a folder.
   *
   * @throws Misuse if that cannot be a name, or the path is too long for a socket
   */
  public static Path socket(Path run, String name) throws Misuse {
    if (!name.matches("[A-Za-z0-9_:%][A-Za-z0-9._:%-]*")) {
      throw new Misuse("--name " + name + ": give letters, digits, dots, hyphens or underscores");
    }
    Path socket = run.resolve(name + SOCKET);
    int length = socket.toString().getBytes(StandardCharsets.UTF_8).length;
    if (length > LONGEST_PATH) {
      throw new Misuse(
          (socket + " is a path of " + length + " bytes, and a socket's has at most ")
              + (LONGEST_PATH + ": choose a shorter folder with --run, or a shorter --name"));
    }
    return socket;
  }

  /** The sockets that a server of that name may have, whether or not they are there. */
  List<Remote> named(String name) throws Misuse {
    List<Remote> remotes = new ArrayList<>();
    for (Path run : open()) {
      remotes.add(new Remote(name, socket(run, name)));
    }
    return remotes;
  }

  /** All that have a socket there, whether or not somebody listens behind it. */
  List<Remote> all() throws IOException {
    List<Remote> remotes = new ArrayList<>();
    for (Path run : open()) {
      try (Stream<Path> files = Files.list(run)) {
        files
            .filter(file -> file.toString().endsWith(SOCKET))
            .sorted()
            .forEach(file -> remotes.add(new Remote(name(file), file)));
      }
    }
    return remotes;
  }

  private static String name(Path socket) {
    String file = socket.getFileName().toString();
    return file.substring(0, file.length() - SOCKET.length());
  }

  private List<Path> open() {
    return runs.stream().filter(run -> Files.isDirectory(run) && isOpen(run)).toList();
  }

  /** Those that are there, and into which we may not look: only their owner may, and root. */
  List<Path> closed() {
    return runs.stream().filter(run -> Files.isDirectory(run) && !isOpen(run)).toList();
  }

  private static boolean isOpen(Path run) {
    return Files.isReadable(run) && Files.isExecutable(run);
  }

  /** The folders in words. */
  static String list(List<Path> runs) {
    return runs.stream().map(Path::toString).collect(Collectors.joining(", "));
  }
}
