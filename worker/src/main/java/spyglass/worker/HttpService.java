package spyglass.worker;

import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Instant;
import spyglass.http.App;

/**
 * Serves an app over HTTP.
 *
 * @param app what answers
 */
record HttpService(App app) implements Service {

  /**
   * How many requests may wait for a thread before no more connections are let in to see whether they
   * bring a probe. What waits here could not be served elsewhere, and is lost if this process is killed.
   */
  private static final int MOST_WAITING = 4;

  @Override
  public Sessions sessions(Server server) {
    return new Sessions() {
      @Override
      public void open(SocketChannel channel, SelectionKey key) {
        HttpConnection connection = new HttpConnection(channel, key, server, app);
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
    };
  }

  @Override
  public void sleep(Instant deadline) throws Exception {
    app.sleep(deadline);
  }
}
