package spyglass.worker;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/** Takes the new connections of one protocol. The loop alone calls it. */
interface Sessions {

  /**
   * Begins a session and attaches it to the key.
   *
   * @param key watches the channel for bytes to read
   * @throws IOException when the client has gone already
   */
  void open(SocketChannel channel, SelectionKey key) throws IOException;

  /** Whether there is somebody to serve one more connection. */
  boolean hasRoom();

  /**
   * Whether one more may come in though there is no room, once a second, because it may want something
   * for which none is needed.
   */
  default boolean hasRoomToAsk() {
    return false;
  }
}
