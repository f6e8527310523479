import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Measures what an open connection costs that says something now and then: opens many to the example
 * echo, has each echo three times, and looks at how much of the worker is in memory before and after.
 * Once for each engine.
 *
 * <p>{@code java docs/measure/Connections.java [connections] [option of spyglass ...]} in a checkout that
 * is built; needs JDK 25, and {@code ulimit -Hn} above the number of connections.
 */
final class Connections {

  private static final int ROUNDS = 3;

  public static void main(String[] args) throws Exception {
    int many = args.length > 0 ? Integer.parseInt(args[0]) : 10_000;
    for (String engine : List.of("loop", "thread")) {
      measure(many, engine, List.of(args).subList(Math.min(1, args.length), args.length));
    }
  }

  private static void measure(int many, String engine, List<String> more) throws Exception {
    List<String> command = new ArrayList<>(List.of("./spyglass", "--host=127.0.0.1", "--port=0"));
    command.addAll(List.of("--protocol=echo", "--threads=4", "--workers=1", "--timeout=1"));
    command.add("--engine=" + engine);
    command.addAll(more);
    command.add("examples/echo/target/echo.jar");
    Process server = new ProcessBuilder(command).start();
    List<SocketChannel> clients = new ArrayList<>();
    try (BufferedReader log = server.errorReader()) {
      int port = port(log);
      clients.add(connect(port));
      echo(clients);
      long worker = worker(server);
      long before = kilobytes(worker, "VmRSS");
      long begun = System.nanoTime();
      while (clients.size() < many) {
        clients.add(connect(port));
      }
      for (int round = 0; round < ROUNDS; round++) {
        echo(clients);
      }
      long millis = (System.nanoTime() - begun) / 1_000_000;
      long grown = kilobytes(worker, "VmRSS") - before;
      System.out.printf(
          "%s: %d connections open, %d echoes, %d ms%n", engine, many, ROUNDS * many, millis);
      System.out.printf(
          "%s: worker at %d kB with one, %d kB more with all: %.2f kB for each%n",
          engine, before, grown, grown / (many - 1.0));
    } finally {
      for (SocketChannel client : clients) {
        client.close();
      }
      server.destroy();
      server.waitFor();
    }
  }

  private static int port(BufferedReader log) throws IOException {
    String line = log.readLine();
    while (!line.contains("listening on")) {
      line = log.readLine();
    }
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  private static SocketChannel connect(int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  /** All speak before any listens. */
  private static void echo(List<SocketChannel> clients) throws IOException {
    for (SocketChannel client : clients) {
      client.write(ByteBuffer.wrap(new byte[64]));
    }
    for (SocketChannel client : clients) {
      ByteBuffer heard = ByteBuffer.allocate(64);
      while (heard.hasRemaining()) {
        if (client.read(heard) < 0) {
          throw new EOFException("a connection did not hold");
        }
      }
    }
  }

  private static long worker(Process server) throws IOException {
    for (ProcessHandle process : server.descendants().toList()) {
      if (Files.readString(Path.of("/proc/" + process.pid() + "/comm")).strip().equals("spy-worker")) {
        return process.pid();
      }
    }
    throw new IOException("there is no worker");
  }

  private static long kilobytes(long pid, String what) throws IOException {
    return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
        .filter(line -> line.startsWith(what + ":"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
        .findFirst()
        .orElseThrow();
  }
}
