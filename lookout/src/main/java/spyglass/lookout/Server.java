package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.BindException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.slf4j.LoggerFactory;
import spyglass.unix.Kernel;

/**
 * Opens the listening socket and then gives its process to the lookout.
 *
 * <p>All that this program is, the parser of the command line, the native library, tens of megabytes,
 * is needed once. execve(2) replaces a program and keeps the process, and with it the open socket: so
 * the process that sleeps for days contains nothing of all this. (You will see it: the pid that
 * printed "listening" is the lookout's.)
 */
final class Server {

  private static final int LISTENING_SOCKET = 0;

  private final Options options;

  Server(Options options) {
    this.options = options;
  }

  /** Does not return unless something is wrong. */
  void becomeLookout() throws Misuse, IOException {
    String appClass = new AppJar(options.jar()).appClass(options.app());
    File lib = Lib.folder();
    Caches caches = Caches.beside(lib);
    try (ServerSocketChannel listener = listen()) {
      caches.prepare(lib);
      List<String> lookout = new Commands(options, appClass, caches, lib).lookout();
      LoggerFactory.getLogger("Server").info("listening on {}", url(listener));
      Kernel kernel = new Kernel();
      // Descriptor 0 is where inetd and systemd would put it, and the one place where a program
      // that starts later can look without being told: 1 and 2 are taken by output and log.
      kernel.dup2(descriptor(listener), LISTENING_SOCKET);
      kernel.closeOnExecAbove2();
      kernel.execve(lookout);
    }
  }

  private ServerSocketChannel listen() throws Misuse, IOException {
    InetAddress address = address();
    // The family by the address: 0.0.0.0 is IPv4 and nothing else, :: is both.
    boolean v4 = address instanceof Inet4Address;
    ServerSocketChannel listener =
        ServerSocketChannel.open(v4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
    try {
      return listener.bind(new InetSocketAddress(address, options.port()), options.backlog());
    } catch (BindException e) {
      listener.close();
      throw explain(e);
    }
  }

  private InetAddress address() throws Misuse {
    try {
      return InetAddress.getByName(options.host());
    } catch (UnknownHostException e) {
      throw new Misuse(
          "--host " + options.host() + ": no such host: give a name or address of this machine");
    }
  }

  /** The JDK has one exception for all that bind(2) can say; the difference is in its words. */
  private Misuse explain(BindException e) {
    String message = String.valueOf(e.getMessage());
    String port = "--port " + options.port();
    if (message.contains("in use")) {
      String holder = PortHolder.find(options.port()).map(who -> " by " + who).orElse("");
      return new Misuse(port + " is in use" + holder + ": choose another port, or end that");
    }
    if (message.contains("ermission")) {
      return new Misuse(port + " is for root only: choose one above 1023");
    }
    return new Misuse(
        "--host " + options.host() + " is not an address of this machine: give one, or 0.0.0.0");
  }

  private static String url(ServerSocketChannel listener) throws IOException {
    InetSocketAddress local = (InetSocketAddress) listener.getLocalAddress();
    String host = local.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + local.getPort();
  }

  /**
   * The number of a channel's descriptor, which the JDK knows and does not tell: the launcher opens
   * the package for us with {@code --add-opens java.base/sun.nio.ch=ALL-UNNAMED}.
   */
  private static int descriptor(ServerSocketChannel listener) throws IOException {
    try {
      Method number = listener.getClass().getMethod("getFDVal");
      number.setAccessible(true);
      return (int) number.invoke(listener);
    } catch (ReflectiveOperationException e) {
      throw new IOException("cannot learn the listening socket's descriptor", e);
    }
  }
}
