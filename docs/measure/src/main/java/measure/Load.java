package measure;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Some connections, each of which asks again as soon as it is answered, on one thread with a selector:
 * no more requests wait than there are connections. So a server that stands still is asked less, and
 * its percentiles tell of those who did ask.
 */
final class Load implements AutoCloseable {

  private static final long HIGHEST_NANOS = 60_000_000_000L;
  private static final int DIGITS = 3;
  private static final long LONGEST_NANOS = 20_000_000_000L;

  private final InetSocketAddress server;
  private final Work work;
  private final byte[] request;
  private final Selector selector = Selector.open();
  private final List<Connection> connections = new ArrayList<>();
  private Histogram nanos = new Histogram(HIGHEST_NANOS, DIGITS);
  private long failed;

  /**
   * What came of it.
   *
   * @param seconds how long it lasted
   * @param nanos how long each request took that was answered; with {@code close}, its connection too
   * @param failed answers other than 200, and connections that ended early
   */
  record Outcome(double seconds, Histogram nanos, long failed) {
    long requests() {
      return nanos.getTotalCount();
    }

    double millis(double percentile) {
      return nanos.getValueAtPercentile(percentile) / 1e6;
    }
  }

  private Load(int port, Work work) throws IOException {
    this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.work = work;
    this.request = work.bytes();
  }

  /** Opens the connections that are kept. */
  static Load open(int port, Work work) throws IOException {
    Load load = new Load(port, work);
    for (int i = 0; i < work.connections(); i++) {
      Connection connection = new Connection();
      load.connections.add(connection);
      load.connect(connection);
    }
    return load;
  }

  /** Asks for so long, and until one is answered. May be called again. */
  Outcome run(double seconds) throws IOException {
    nanos = new Histogram(HIGHEST_NANOS, DIGITS);
    failed = 0;
    long begun = System.nanoTime();
    long until = begun + (long) (seconds * 1e9);
    for (Connection connection : connections) {
      if (!connection.isAsking()) {
        ask(connection);
      }
    }
    long now = begun;
    // Of a run without an answer nothing can be said: on a busy machine it may take longer.
    long last = begun + LONGEST_NANOS;
    while (now - until < 0 || (nanos.getTotalCount() == 0 && now - last < 0)) {
      selector.select(Math.max(1, (until - now) / 1_000_000));
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.attachment() instanceof Connection connection) {
          look(key, connection);
        }
      }
      selector.selectedKeys().clear();
      now = System.nanoTime();
    }
    if (nanos.getTotalCount() == 0) {
      throw new IOException("nobody was answered: " + work.name());
    }
    return new Outcome((now - begun) / 1e9, nanos, failed);
  }

  /** Connects and waits for it: that of the kernel, which does not need the server's attention. */
  private void connect(Connection connection) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, connection);
    connection.isNow(channel);
  }

  /** Connects anew and asks as soon as that is done: a full backlog holds up this visitor only. */
  private void connectAndAsk(Connection connection) throws IOException {
    connection.close();
    connection.began(System.nanoTime());
    SocketChannel channel = SocketChannel.open();
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    channel.configureBlocking(false);
    connection.isNow(channel);
    if (channel.connect(server)) {
      channel.register(selector, SelectionKey.OP_READ, connection);
      connection.send(request);
    } else {
      channel.register(selector, SelectionKey.OP_CONNECT, connection);
    }
  }

  private void ask(Connection connection) {
    connection.began(System.nanoTime());
    connection.send(request);
  }

  private void look(SelectionKey key, Connection connection) throws IOException {
    if (!key.isConnectable()) {
      read(connection);
    } else if (connection.hasConnected()) {
      key.interestOps(SelectionKey.OP_READ);
      connection.send(request);
    } else {
      failed++;
      connectAndAsk(connection);
    }
  }

  private void read(Connection connection) throws IOException {
    switch (connection.read()) {
      case WAITING -> {}
      case ANSWERED -> {
        nanos.recordValue(Math.min(HIGHEST_NANOS, System.nanoTime() - connection.began()));
        if (work.keepsAlive()) {
          ask(connection);
        } else {
          connectAndAsk(connection);
        }
      }
      case FAILED -> {
        failed++;
        connectAndAsk(connection);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Connection connection : connections) {
      connection.close();
    }
    selector.close();
  }
}
