package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.List;
import spyglass.protocol.Protocol;

/**
 * Serves a protocol of a user's.
 *
 * @param protocol started
 * @param needed those that it needs and they need: each stands before all that need it
 * @param engine what carries its connections
 */
record ProtocolService(Protocol protocol, List<Protocol> needed, Engine engine) implements Service {

  @Override
  public void sleep(Instant deadline) throws Exception {
    protocol.sleep(deadline);
    for (Protocol other : needed.reversed()) {
      other.sleep(deadline);
    }
  }

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
