package spyglass.worker;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import spyglass.http.App;

/**
 * Serves an app over HTTP.
 *
 * @param app what answers
 * @param engine what carries its connections
 */
record HttpService(App app, Engine engine) implements Service {

  @Override
  public Sessions sessions(Server server) {
    return switch (engine) {
      case LOOP -> new OnLoop(server, app);
      case THREAD -> new OnThreads(server, app);
    };
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
  }
}
