package spyglass.lookout;

import java.io.IOException;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import spyglass.config.Endpoint;
import spyglass.config.Misuse;

/** Listens on a port. */
final class TcpListener {

  private TcpListener() {}

  static ServerSocketChannel open(Endpoint.Tcp endpoint, int backlog) throws Misuse, IOException {
    InetAddress address = address(endpoint);
    // The family by the address: 0.0.0.0 is IPv4 and nothing else, :: is both.
    boolean v4 = address instanceof Inet4Address;
    ServerSocketChannel listener =
        ServerSocketChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      return listener.bind(new InetSocketAddress(address, endpoint.port()), backlog);
    } catch (BindException e) {
      listener.close();
      throw explain(e, endpoint);
    }
  }

  static InetAddress address(Endpoint.Tcp endpoint) throws Misuse {
    try {
      return InetAddress.getByName(endpoint.host());
    } catch (UnknownHostException e) {
      throw new Misuse(
          endpoint.hostAsGiven() + ": no such host: give a name or address of this machine");
    }
  }

  /** The JDK has one exception for all that bind(2) can say; the difference is in its words. */
  private static Misuse explain(BindException e, Endpoint.Tcp endpoint) {
    String message = String.valueOf(e.getMessage());
    String port = endpoint.portAsGiven();
    if (message.contains("in use")) {
      String holder = PortHolder.find(endpoint.port()).map(who -> " by " + who).orElse("");
      return new Misuse(port + " is in use" + holder + ": choose another port, or end that");
    }
    if (message.contains("ermission")) {
      return new Misuse(port + " is for root only: choose one above 1023");
    }
    return new Misuse(
        endpoint.hostAsGiven()
            + " is not an address of this machine: give one, or 0.0.0.0 for all");
  }
}
