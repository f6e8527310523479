package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import spyglass.protocol.Protocol;

/**
 * Serves a protocol of a user's.
 *
 * @param protocol started
 * @param engine what carries its connections
 */
record ProtocolService(Protocol protocol, Engine engine) implements Service {

  @Override
  public Sessions sessions(Server server) {
    return new Sessions() {
      @Override
      public void open(SocketChannel channel, SelectionKey key) throws IOException {
        switch (engine) {
          case LOOP -> key.attach(new LoopConnection(channel, key, server, protocol));
          case THREAD -> {
            ThreadConnection connection = new ThreadConnection(channel, key, server, protocol);
            key.attach(connection);
            connection.start();
          }
        }
      }

      @Override
      public boolean hasRoom() {
        // A connection may be silent for hours; only its messages need a thread.
        return true;
      }
    };
  }
}
