package spyglass.lookout;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import spyglass.config.Configuration;
import spyglass.config.Endpoint;
import spyglass.config.Misuse;
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

  private final Configuration options;
  private final Served served;
  private final Endpoint endpoint;

  /** A server that was checked and does not listen yet. */
  Server(Configuration options, Served served, Endpoint endpoint) {
    this.options = options;
    this.served = served;
    this.endpoint = endpoint;
  }

  /** Does not return unless something is wrong. */
  void becomeLookout() throws Misuse, IOException {
    File lib = Lib.folder();
    Caches caches = Caches.beside(lib);
    Kernel kernel = new Kernel();
    try (ServerSocketChannel listener = listen(kernel)) {
      Optional<SocketFile> file = file();
      try {
        caches.prepare(lib);
        List<String> lookout = new Commands(options, served, caches, lib).lookout(file);
        LoggerFactory.getLogger("Server").info("listening on {}", url(listener.getLocalAddress()));
        LoggerFactory.getLogger("boot.Server").debug("execve {}", lookout);
        // Descriptor 0 is where inetd and systemd would put it, and the one place where a program
        // that starts later can look without being told: 1 and 2 are taken by output and log.
        kernel.dup2(descriptor(listener), LISTENING_SOCKET);
        kernel.closeOnExecAbove2();
        kernel.execve(lookout);
      } finally {
        // Not reached unless something is wrong.
        file.ifPresent(SocketFile::remove);
      }
    }
  }

  private ServerSocketChannel listen(Kernel kernel) throws Misuse, IOException {
    int backlog = (int) options.number("backlog");
    return switch (endpoint) {
      case Endpoint.Tcp tcp -> TcpListener.open(tcp, backlog);
      case Endpoint.Unix unix -> UnixListener.open(unix, backlog, kernel);
    };
  }

  private Optional<SocketFile> file() throws IOException {
    return endpoint instanceof Endpoint.Unix unix
        ? Optional.of(SocketFile.at(unix.path()))
        : Optional.empty();
  }

  private static String url(SocketAddress local) {
    if (!(local instanceof InetSocketAddress inet)) {
      return "unix:" + local;
    }
    String host = inet.getAddress().getHostAddress();
    return "http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + inet.getPort();
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
