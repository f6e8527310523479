package examples.dmq.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node that is a process, so that it can be killed. */
final class Nodes implements AutoCloseable {

  private final Path folder;
  private final int port;
  private final List<String> options;
  private Process process;

  Nodes(Path folder, String... options) throws IOException {
    this.folder = folder;
    this.options = List.of(options);
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    process = start();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  private Process start() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of("examples.dmq.LittleServer", "" + port, folder.toString()));
    command.addAll(options);
    Process fresh =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    if (fresh.getInputStream().read() < 0) {
      throw new IOException("the node has not started");
    }
    return fresh;
  }

  /** kill -9. */
  void kill() throws IOException {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new InterruptedIOException("nobody interrupts a test");
    }
  }

  /** Its input ends, and so it goes to sleep. */
  void sleep() throws IOException, InterruptedException {
    process.getOutputStream().close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      kill();
      throw new IOException("the node did not go to sleep");
    }
  }

  void wake() throws IOException {
    process = start();
  }

  @Override
  public void close() throws IOException {
    kill();
  }
}
