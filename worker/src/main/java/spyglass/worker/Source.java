package spyglass.worker;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.Channel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Where a worker's connections come from, which is what its descriptor 0 is. */
sealed interface Source {

  /** The listening socket, which all workers share. */
  record Listening(ServerSocketChannel listener) implements Source {}

  /** Our end of a socket over which the master passes connections. */
  record Passed(Handover handover) implements Source {}

  /**
   * The one connection this process is for.
   *
   * @param connection whose closing points descriptors 1 and 2 at /dev/null, as the JDK thinks an inetd
   *     server wants it: log what is to be logged before
   */
  record Single(SocketChannel connection) implements Source {}

  /** The one connection this process was for; its client left before we could look at it. */
  record Gone() implements Source {}

  /**
   * Takes descriptor 0 over. The JDK, or the native code, makes a second descriptor for the socket; the
   * first is closed, which makes it /dev/null, as a program of the app's that inherited it would hold
   * the port, or the connection, after all of us have gone.
   */
  static Source take(Accept accept) throws IOException {
    return switch (accept) {
      case SHARED -> new Listening(listener());
      case PASS -> {
        Handover handover = Handover.find();
        handover.takeOver();
        yield new Passed(handover);
      }
      case SPAWN -> single();
    };
  }

  private static ServerSocketChannel listener() throws IOException {
    if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
      throw new IOException("descriptor 0 is not a listening socket: start this with spyglass");
    }
    closeInput();
    return listener;
  }

  private static Source single() throws IOException {
    Channel inherited = System.inheritedChannel();
    closeInput();
    // A socket without a peer passes for a listening one: the client has reset the connection.
    return inherited instanceof SocketChannel connection ? new Single(connection) : new Gone();
  }

  private static void closeInput() throws IOException {
    new FileInputStream(FileDescriptor.in).close();
  }
}
