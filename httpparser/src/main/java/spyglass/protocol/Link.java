package spyglass.protocol;

import java.io.IOException;
import java.net.SocketAddress;

/**
 * The way back to a client. Its methods may be called by any thread, also by one that executes another
 * connection's message.
 */
public interface Link {

  /** Who is at the other end. */
  SocketAddress peer();

  /**
   * Sends bytes. What the client does not take yet waits in an outbox; when that is full, the caller
   * waits. Bytes of one call stay together.
   *
   * @param bytes copied
   * @throws IOException when the connection is closed, or the client takes nothing for too long
   */
  void write(byte[] bytes) throws IOException;

  /**
   * Sends bytes if the outbox has room for all of them, and never waits: for one client's message to
   * many others, of whom some may be slow.
   *
   * @param bytes copied
   * @return whether they will be sent; false as well when the connection is closed
   */
  boolean offer(byte[] bytes);

  /**
   * Whether the outbox has room for so many bytes now, so that {@link #offer} takes them: for who must not
   * prepare in vain what he sends. False as well when the connection is closed.
   */
  boolean hasRoom(int bytes);

  /**
   * Closes the connection after what was written is sent. Messages that wait are dropped. It does not
   * wait, and a second time it does nothing.
   */
  void close();
}
