package measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;

/** A server that is not ours, from its start until it is closed. */
final class Peer implements Running {

  private final Child child;
  private final int port;

  private Peer(Child child, int port) {
    this.child = child;
    this.port = port;
  }

  /** Whoever makes a command line for a port and for a folder of temporary files. */
  interface Command {
    List<String> of(int port, Path folder) throws IOException;
  }

  /** Starts it and returns when it has answered for the first time. */
  static Peer start(Bench bench, Command command) throws IOException {
    int port = freePort();
    Child child = bench.start(folder -> command.of(port, folder));
    try {
      Visit.first(port, child.process());
      return new Peer(child, port);
    } catch (IOException | RuntimeException e) {
      throw child.failed("a peer has not started", e);
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
    return child.process().toHandle();
  }

  @Override
  public void close() {
    child.close();
  }
}
