package spyglass.e2e;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many open connections at once. {@code -Dspyglass.many=10000} is what the figures in
 * docs/measurements.md were taken with; both sides need {@code ulimit -Hn} to allow a few more.
 */
@Timeout(300)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ManyIT {

  private static final int MANY = Integer.getInteger("spyglass.many", 500);

  @ParameterizedTest
  @ValueSource(strings = {"shared", "pass"})
  void many_open_connections_hold_and_each_echoes(String accept) throws Exception {
    // When it is passed connections, a worker takes as many as it has threads; they are made only
    // when there is work for them.
    String threads = accept.equals("pass") ? Integer.toString(MANY) : "4";
    try (Tree tree =
        Tree.of(
            "--protocol",
            "echo",
            "--accept",
            accept,
            "--threads",
            threads,
            "--workers",
            "1",
            "--timeout",
            "1",
            Launcher.example("echo"))) {
      List<SocketChannel> clients = new ArrayList<>();
      try {
        clients.add(connect(tree));
        echo(clients, 0);
        long sockets = Proc.sockets(tree.workers().getFirst());
        long before = Proc.residentKilobytes(tree.workers().getFirst());
        while (clients.size() < MANY) {
          clients.add(connect(tree));
        }
        echo(clients, 1);
        echo(clients, 2);
        long worker = tree.workers().getFirst();
        long grown = Proc.residentKilobytes(worker) - before;
        System.out.printf(
            Locale.ROOT,
            "%d connections, %s: worker at %d kB, %.1f kB for each%n",
            MANY,
            accept,
            before,
            (double) grown / (MANY - 1));
        tree.await("one socket for each", () -> Proc.sockets(worker) == sockets + MANY - 1);
        close(clients);
        tree.await("them to be closed", () -> Proc.sockets(worker) < sockets);
      } finally {
        close(clients);
      }
      tree.awaitAsleep();
      assertEquals(1, tree.countInLog("somebody is there: waking"));
    }
  }

  private static SocketChannel connect(Tree tree) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), tree.port()));
  }

  /** All speak before any listens. */
  private static void echo(List<SocketChannel> clients, int round) throws IOException {
    for (int i = 0; i < clients.size(); i++) {
      clients.get(i).write(ByteBuffer.allocate(8).putInt(i).putInt(round).flip());
    }
    for (int i = 0; i < clients.size(); i++) {
      ByteBuffer heard = ByteBuffer.allocate(8);
      while (heard.hasRemaining()) {
        if (clients.get(i).read(heard) < 0) {
          throw new EOFException("connection " + i + " of " + clients.size() + " did not hold");
        }
      }
      assertEquals(i, heard.flip().getInt());
      assertEquals(round, heard.getInt());
    }
  }

  private static void close(List<SocketChannel> clients) throws IOException {
    for (SocketChannel client : clients) {
      client.close();
    }
    clients.clear();
  }
}
