package spyglass.handover;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * One connection, seen from both sides.
 *
 * @param client the visitor's
 * @param accepted ours
 */
record TestVisit(ServerSocketChannel listener, SocketChannel client, SocketChannel accepted)
    implements AutoCloseable {

  /** Connects, and accepts; the listener is closed with the rest. */
  TestVisit(ServerSocketChannel listener) throws IOException {
    this(listener, SocketChannel.open(listener.getLocalAddress()), listener.accept());
  }

  @Override
  public void close() throws IOException {
    try (listener;
        client;
        accepted) {
      // All three, whatever the others' closing says.
    }
  }
}
