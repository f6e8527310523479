package examples.acceptlab;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.StandardSocketOptions;

/**
 * An experiment that Spyglass does not offer: a process with a listening socket <em>of its own</em> on
 * a port that others listen on as well (SO_REUSEPORT, socket(7)). The kernel chooses a listener for
 * each new connection by a hash of its addresses and ports, before anybody accepts it. So there is a
 * queue for each process, and nobody else can accept what waits there.
 *
 * <p>A thread accepts a connection, answers it to its end and accepts the next: a thread for each
 * connection, where Spyglass has one loop for all of them.
 *
 * <p>Arguments: the port, 0 for any, and the number of threads that accept and answer. It prints the
 * port, answers as {@link Work} does, and ends with TERM, or when its standard input ends.
 */
final class ReusePort {

  private static final int BACKLOG = 1024;
  private static final int MILLIS = 10_000;

  private ReusePort() {}

  public static void main(String[] args) throws IOException {
    int port = Integer.parseInt(args[0]);
    int threads = Integer.parseInt(args[1]);
    try (ServerSocket listener = new ServerSocket()) {
      // Before bind(2), in each of the processes, which must belong to the same user.
      listener.setOption(StandardSocketOptions.SO_REUSEPORT, true);
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
      for (int i = 0; i < threads; i++) {
        Thread.ofPlatform().daemon().start(() -> serve(listener));
      }
      System.out.println("listening on " + listener.getLocalPort());
      // Whoever started us holds the other end, and if it dies, even of KILL, so do we.
      while (System.in.read() >= 0) {
        // Nothing is ever said there.
      }
    }
  }

  private static void serve(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket client = listener.accept()) {
        client.setTcpNoDelay(true);
        client.setSoTimeout(MILLIS);
        answer(client);
      } catch (IOException e) {
        // This client has left, or we are about to.
      }
    }
  }

  private static void answer(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
    OutputStream out = client.getOutputStream();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.write(Task.begun().getBytes(ISO_8859_1));
      Task.of(line).perform();
      out.write(Task.done().getBytes(ISO_8859_1));
    }
  }
}
