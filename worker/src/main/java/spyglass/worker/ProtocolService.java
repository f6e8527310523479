package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import spyglass.protocol.Protocol;

/**
 * Serves a protocol of a user's.
 *
 * @param protocol started
 * @param needed those that it needs and they need: each stands before all that need it
 */
record ProtocolService(Protocol protocol, List<Protocol> needed) implements Service {

  /** Asks all of them, though one may fail: what the others keep is not to be lost for that. */
  @Override
  public void sleep(Instant deadline) throws Exception {
    List<Protocol> all = new ArrayList<>(needed);
    all.add(protocol);
    List<Throwable> failures = new ArrayList<>();
    for (Protocol next : all.reversed()) {
      try {
        next.sleep(deadline);
      } catch (Exception | Error e) {
        failures.add(e);
      }
    }
    if (!failures.isEmpty()) {
      Throwable first = failures.removeFirst();
      failures.forEach(first::addSuppressed);
      throw first instanceof Exception e ? e : new IllegalStateException(first);
    }
  }

  @Override
  public Sessions sessions(Server server) {
    return new Sessions() {
      @Override
      public void open(SocketChannel channel, SelectionKey key) throws IOException {
        key.attach(new ProtocolConnection(channel, key, server, protocol));
      }

      @Override
      public boolean hasRoom() {
        // A connection may be silent for hours; only its messages need a thread.
        return true;
      }
    };
  }
}
