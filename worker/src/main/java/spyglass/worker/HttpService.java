package spyglass.worker;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import spyglass.http.App;

/**
 * Serves an app over HTTP.
 *
 * @param app what answers
 * @param engine what carries its connections
 */
record HttpService(App app, Engine engine) implements Service {

  /**
   * How many requests may wait for a thread before no more connections are let in to see whether they
   * bring a probe. What waits here could not be served elsewhere, and is lost if this process is killed.
   */
  private static final int MOST_WAITING = 4;

  @Override
  public Sessions sessions(Server server) {
    return switch (engine) {
      case LOOP -> new OnLoop(server, app);
      case THREAD -> new OnThreads(server, app);
    };
  }

  @Override
  public void sleep(Instant deadline) throws Exception {
    app.sleep(deadline);
  }

  private record OnLoop(Server server, App app) implements Sessions {

    @Override
    public void open(SocketChannel channel, SelectionKey key) {
      Connection connection = new Connection(channel, key, server, app);
      key.attach(connection);
      connection.open();
    }

    @Override
    public boolean hasRoom() {
      return !server.threads().full();
    }

    @Override
    public boolean hasRoomToAsk() {
      return server.probe().isWanted() && server.threads().waiting() < MOST_WAITING;
    }
  }

  private record OnThreads(Server server, App app) implements Sessions {

    @Override
    public void open(SocketChannel channel, SelectionKey key) {
      BlockingConnection connection = new BlockingConnection(channel, key, server, app);
      key.attach(connection);
      connection.start();
    }

    @Override
    public boolean hasRoom() {
      return server.slots().hasRoom();
    }

    @Override
    public boolean hasRoomToAsk() {
      return server.probe().isWanted() && server.slots().waiting() < MOST_WAITING;
    }
  }
}
