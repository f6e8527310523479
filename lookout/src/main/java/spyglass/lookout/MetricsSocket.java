package spyglass.lookout;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import spyglass.config.Address;
import spyglass.config.Configuration;
import spyglass.config.Endpoint;
import spyglass.config.Misuse;
import spyglass.control.Door;
import spyglass.control.Hub;
import spyglass.control.Loop;
import spyglass.control.MetricsTalk;
import spyglass.process.Arguments;

/** {@code --metrics}: where Prometheus asks, and is answered without anybody being woken. */
record MetricsSocket(ServerSocketChannel listener) {

  private static final Path FIRST_FOR_ALL =
      Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");

  /** At once; each is gone within seconds. */
  private static final int MOST = 32;

  /**
   * What the lookout is to be told, if there is anything. That one can listen there is tried out: the
   * lookout has nobody to complain to.
   *
   * @param leavesRoot whether we are root and the lookout will not be
   */
  static List<String> arguments(Configuration options, boolean leavesRoot)
      throws Misuse, IOException {
    Optional<Endpoint.Tcp> told = Address.metrics(options);
    if (told.isEmpty()) {
      return List.of();
    }
    if (leavesRoot && told.get().port() > 0 && told.get().port() < firstForAll()) {
      throw new Misuse(
          (told.get().portAsGiven() + ": only root can listen there, and the server becomes ")
              + (options.text("user") + ": give a port from " + firstForAll() + " on"));
    }
    InetAddress address = TcpListener.address(told.get());
    TcpListener.open(told.get(), 1).close();
    String port = Integer.toString(told.get().port());
    return List.of("--metrics-host", address.getHostAddress(), "--metrics-port", port);
  }

  /** ip(7): the ports below are for root. */
  private static int firstForAll() throws IOException {
    // The kernel tells such a figure to the first read(2) only, which must not be for one byte.
    try (BufferedReader file = Files.newBufferedReader(FIRST_FOR_ALL)) {
      return Integer.parseInt(String.valueOf(file.readLine()));
    }
  }

  /** Listens where {@link #arguments} said. */
  static Optional<MetricsSocket> told(Arguments told) throws IOException {
    Optional<String> host = told.find("metrics-host");
    if (host.isEmpty()) {
      return Optional.empty();
    }
    StandardProtocolFamily family =
        host.get().contains(":") ? StandardProtocolFamily.INET6 : StandardProtocolFamily.INET;
    ServerSocketChannel listener = ServerSocketChannel.open(family);
    int port = Math.toIntExact(told.number("metrics-port"));
    listener.bind(new InetSocketAddress(InetAddress.getByName(host.get()), port), MOST);
    return Optional.of(new MetricsSocket(listener));
  }

  String url() {
    InetSocketAddress local = (InetSocketAddress) listener.socket().getLocalSocketAddress();
    String host = local.getAddress().getHostAddress();
    return "http://"
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + local.getPort()
        + "/metrics";
  }

  /** Lets people in. */
  void open(Loop loop, Hub hub) throws IOException {
    new Door(loop, listener, MOST, MetricsTalk.host(hub)).open();
  }
}
