package measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A server that is not ours, from its start until it is closed. */
final class Peer implements Running {

  private final Process process;
  private final Path folder;
  private final int port;

  private Peer(Process process, Path folder, int port) {
    this.process = process;
    this.folder = folder;
    this.port = port;
  }

  /** Whoever makes a command line for a port and for a folder of temporary files. */
  interface Command {
    List<String> of(int port, Path folder) throws IOException;
  }

  /** Starts it and returns when it has answered for the first time. */
  static Peer start(Command command) throws IOException {
    Path folder = Files.createTempDirectory("measure");
    int port = freePort();
    Path log = Files.createFile(folder.resolve("log"));
    Process process = Children.start(command.of(port, folder), log);
    try {
      Visit.first(port, process);
      return new Peer(process, folder, port);
    } catch (IOException | RuntimeException e) {
      Children.end(process);
      throw new IOException(Files.readString(log).strip(), e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public ProcessHandle first() {
    return process.toHandle();
  }

  @Override
  public void close() {
    Children.end(process);
    Children.remove(folder);
  }
}
