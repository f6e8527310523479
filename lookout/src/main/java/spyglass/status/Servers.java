package spyglass.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import spyglass.config.Misuse;

/** The servers whose control sockets lie in one run folder. */
public final class Servers {

  private static final String SOCKET = ".sock";

  /** The kernel keeps 108 bytes, one of them for a NUL (unix(7)); the JDK leaves out another. */
  private static final int LONGEST_PATH = 106;

  private final Path run;

  /** Looks into that folder; it need not be there. */
  public Servers(Path run) {
    this.run = run;
  }

  /**
   * The control socket of a name.
   *
   * @throws Misuse if that cannot be a name, or the path is too long for a socket
   */
  public Path socket(String name) throws Misuse {
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

  Remote named(String name) throws Misuse {
    return new Remote(name, socket(name));
  }

  /** All that have a socket there, whether or not somebody listens behind it. */
  List<Remote> all() throws IOException {
    if (!Files.isDirectory(run)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(run)) {
      return files
          .filter(file -> file.toString().endsWith(SOCKET))
          .sorted()
          .map(file -> new Remote(name(file), file))
          .toList();
    }
  }

  private static String name(Path socket) {
    String file = socket.getFileName().toString();
    return file.substring(0, file.length() - SOCKET.length());
  }

  Path run() {
    return run;
  }
}
