package spyglass.master;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one connection out of the kernel's queue whenever it is told to, on a thread of its own. Each
 * {@link #accept} has exactly one answer: the connection, or, after {@link #withdraw}, none.
 */
final class Acceptor {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** After a failure, how long until the next try. */
  private static final long REST_MILLIS = 1000;

  private final ServerSocketChannel listener;
  private final Selector selector;
  private final SelectionKey key;
  private final Consumer<Optional<SocketChannel>> answer;
  private volatile boolean wanted;
  private volatile boolean withdrawn;
  private volatile boolean ended;

  /**
   * Accepts nothing yet.
   *
   * @param answer gets what came of each order to accept, on the acceptor's thread
   */
  Acceptor(ServerSocketChannel listener, Consumer<Optional<SocketChannel>> answer)
      throws IOException {
    this.listener = listener;
    this.answer = answer;
    selector = Selector.open();
    // The lookout has set this already: the mark is on the socket, which all of us share.
    listener.configureBlocking(false);
    key = listener.register(selector, 0);
    Thread.ofPlatform().daemon().name("acceptor").start(this::run);
  }

  /** Accept one. To be called again only after the answer. */
  void accept() {
    withdrawn = false;
    wanted = true;
    selector.wakeup();
  }

  /** Accept none, if it is not too late. */
  void withdraw() {
    withdrawn = true;
    selector.wakeup();
  }

  /** Ends its thread: a JVM that ends waits for 300 ms for one that waits in a system call. */
  void end() {
    ended = true;
    selector.wakeup();
  }

  private void run() {
    boolean resting = false;
    while (!ended) {
      try {
        key.interestOps(wanted && !resting ? SelectionKey.OP_ACCEPT : 0);
        selector.select(event -> {}, resting ? REST_MILLIS : 0);
        resting = false;
        if (wanted) {
          answerIfAny();
        }
      } catch (IOException e) {
        // EMFILE, most likely. The connection stays in the queue; to try at once would spin.
        LOG.warn("cannot accept ({}): waiting; ulimit -n says how many are open", e.getMessage());
        resting = true;
      }
    }
  }

  private void answerIfAny() throws IOException {
    Optional<SocketChannel> connection =
        withdrawn ? Optional.empty() : Optional.ofNullable(listener.accept());
    if (withdrawn || connection.isPresent()) {
      wanted = false;
      answer.accept(connection);
    }
  }
}
