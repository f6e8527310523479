package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A worker's end of the socket over which its master passes connections: {@code --accept pass}.
 *
 * <p>The JDK has no word for a descriptor that comes through a socket, and a worker has no native code
 * of its own. So this is a service: the jar that has the native code names the class that does it, and
 * that jar is on the class path of workers to whom connections are passed, and of no others.
 *
 * <p>Any thread may call anything; one at a time may {@link #receive}.
 */
public interface Handover {

  /** The one on the class path. */
  static Handover find() {
    return ServiceLoader.load(Handover.class)
        .findFirst()
        .orElseThrow(
            () -> new IllegalStateException("no Handover on the class path: start with spyglass"));
  }

  /** First of all: takes descriptor 0, which is the worker's end, and puts it out of an app's reach. */
  void takeOver() throws IOException;

  /** Tells the master that there is room for so many connections more. They come when they come. */
  void ask(int count) throws IOException;

  /**
   * Waits for the next connection. It is in blocking mode, and whoever gets it closes it.
   *
   * @return empty when no more will come: after {@link #enough}, or because the master is gone
   */
  Optional<SocketChannel> receive() throws IOException;

  /**
   * Tells the master that this connection is ours now: should this process die, nobody else could go
   * on with it. Say so before the first byte is read, and before it is closed, because the master
   * holds it open until then. Said twice, it is told once.
   */
  void begun(SocketChannel connection) throws IOException;

  /** Takes back all that was asked. What was passed already still comes, and then the end. */
  void enough() throws IOException;

  /** How many connections have come so far. */
  long received();

  /** How many of them the master was told about with {@link #begun}. */
  long toldBegun();
}
