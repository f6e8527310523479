package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import spyglass.control.Guest;
import spyglass.control.Loop;

/**
 * Those who wait in the listening socket's queue. The trick of the whole server is in what is not here:
 * accept(2). The kernel completes a TCP connection by itself and keeps it in the queue that listen(2)
 * made; a listening socket is readable as soon as that queue is not empty. So the lookout can know of a
 * visitor and leave him where he is, safe from everything that may go wrong while the others boot. (You
 * will see him with {@code ss -ltn}: Recv-Q counts those who wait.)
 */
final class Visitors implements Guest {

  private final Loop loop;
  private final ServerSocketChannel listener;
  private final Lookout lookout;

  /** Looks at nobody yet. */
  Visitors(Loop loop, ServerSocketChannel listener, Lookout lookout) throws IOException {
    this.loop = loop;
    this.listener = listener;
    this.lookout = lookout;
    // The mark is on the socket, which every worker shares; all of us want it and nobody resets it.
    listener.configureBlocking(false);
  }

  /** Looks out for one. */
  void watch() {
    loop.add(listener, SelectionKey.OP_ACCEPT, this);
  }

  /** Somebody else accepts now: that somebody waits is no news. */
  void ignore() {
    loop.add(listener, 0, this);
  }

  @Override
  public void ready() {
    lookout.somebodyIsThere();
  }

  @Override
  public long due() {
    return NEVER;
  }

  @Override
  public void overdue() {}

  /** The socket is everybody's, and closing descriptor 0 closes the log too: exit does it. */
  @Override
  public void close() {}
}
