package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.unix.Kernel;
import spyglass.unix.KernelSockets;

/**
 * The listening socket that somebody else has opened: systemd or inetd, who watch it as a lookout does,
 * and start us when a connection waits. It is descriptor 0: for inetd and {@code StandardInput=socket}
 * always, and systemd's 3 is moved there by the launcher.
 */
final class Handed {

  /** The launcher says with this property who has started it: systemd, inetd, or nobody special. */
  private static final String BY = "spyglass.handed";

  private static final int INPUT = 0;

  /** What only those who open a socket can have a say in. */
  private static final List<String> OURS =
      List.of("listen", "host", "port", "listen-mode", "listen-group", "backlog");

  private Handed() {}

  /** Whether systemd has handed over something, and the launcher has made it descriptor 0. */
  static boolean isBySystemd() {
    return System.getProperty(BY, "").equals("systemd");
  }

  /** The socket, if there is one. Never close it: the JDK would make /dev/null of 1 and 2 as well. */
  static Optional<ServerSocketChannel> find(Configuration options, Kernel kernel)
      throws Misuse, IOException {
    if (!new KernelSockets(kernel).isListening(INPUT)) {
      if (isBySystemd()) {
        throw new Misuse(
            "LISTEN_FDS: what was handed over is no listening stream socket: say ListenStream= and"
                + " Accept=no in the socket unit");
      }
      return Optional.empty();
    }
    for (String name : OURS) {
      if (options.isSet(name)) {
        throw new Misuse(
            options.said(name).culprit()
                + ": descriptor 0 is a listening socket already, systemd's or inetd's: leave it"
                + " out");
      }
    }
    if (System.inheritedChannel() instanceof ServerSocketChannel listener) {
      return Optional.of(listener);
    }
    throw new IOException("descriptor 0 is a socket of a family that the JDK does not know");
  }
}
