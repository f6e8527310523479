package spyglass.lookout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the lookout says when nobody else can: the app did not start, so those who wait get a 503 and
 * are told when to come again. In a protocol other than HTTP the lookout has no words for that, and
 * they see their connection closed. This is the only place where the lookout accepts. For a while it
 * answers so at once, instead of starting what has just failed for each of them; then it watches
 * again, and the next visitor is the next attempt.
 */
final class Apology {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  private static final long LONGEST_SECONDS = 30;
  private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** More than these at once are not waited for after their answer. */
  private static final int MOST_LINGERING = 256;

  private final Selector selector;
  private final ServerSocketChannel listener;
  private final boolean http;
  private long seconds = 1;

  /**
   * Says nothing yet.
   *
   * @param http whether that is what is spoken over the connections
   */
  Apology(Selector selector, ServerSocketChannel listener, boolean http) {
    this.selector = selector;
    this.listener = listener;
    this.http = http;
  }

  /** A wake went well: the next failure is a first one again. */
  void forget() {
    seconds = 1;
  }

  /** Answers 503 for a while, twice as long each time, up to half a minute. */
  void serve(BooleanSupplier stopping) throws IOException {
    LOG.error(
        "the app did not start: {} to whoever comes within {} s, then another try",
        http ? "503" : "a closed connection",
        seconds);
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    seconds = Math.min(seconds * 2, LONGEST_SECONDS);
    while (!stopping.getAsBoolean() && until - System.nanoTime() > 0) {
      selector.select(Math.max(1, TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime())));
      for (SelectionKey key : selector.selectedKeys()) {
        if (key.isAcceptable()) {
          accept(until);
        } else {
          discard(key);
        }
      }
      selector.selectedKeys().clear();
    }
    endLingering(stopping);
  }

  private void accept(long until) throws IOException {
    SocketChannel client;
    try {
      client = listener.accept();
    } catch (IOException e) {
      // EMFILE, most likely. Those who are not accepted stay in the queue, for the next attempt.
      LOG.warn("cannot accept ({}): the rest will wait", e.getMessage());
      listener.keyFor(selector).interestOps(0);
      return;
    }
    if (client == null) {
      return;
    }
    try {
      client.configureBlocking(false);
      if (http) {
        client.write(ByteBuffer.wrap(answer(until - System.nanoTime())));
      }
      client.shutdownOutput();
      if (selector.keys().size() > MOST_LINGERING) {
        client.close();
      } else {
        client.register(selector, SelectionKey.OP_READ);
      }
    } catch (IOException e) {
      client.close();
    }
  }

  private static byte[] answer(long nanos) {
    long retry = TimeUnit.NANOSECONDS.toSeconds(nanos) + 1;
    String text = "The app did not start; the server's log says why.\n";
    String head =
        "HTTP/1.1 503 Service Unavailable\r\n"
            + "Content-Type: text/plain; charset=utf-8\r\n"
            + ("Content-Length: " + text.length() + "\r\n")
            + ("Retry-After: " + retry + "\r\n")
            + "Connection: close\r\n\r\n";
    return (head + text).getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Reads what the client sends and throws it away, until the client closes: closing first, with bytes
   * unread, would send a reset that can destroy the answer on its way.
   */
  private static void discard(SelectionKey key) throws IOException {
    SocketChannel client = (SocketChannel) key.channel();
    try {
      if (client.read(ByteBuffer.allocate(4096)) < 0) {
        client.close();
      }
    } catch (IOException e) {
      client.close();
    }
  }

  /** Gives the last ones their two seconds, then closes them. New ones are left in the queue. */
  private void endLingering(BooleanSupplier stopping) throws IOException {
    SelectionKey accepting = listener.keyFor(selector);
    accepting.interestOps(0);
    long until = System.nanoTime() + LINGER_NANOS;
    while (selector.keys().size() > 1 && until - System.nanoTime() > 0) {
      selector.select(100);
      for (SelectionKey key : selector.selectedKeys()) {
        discard(key);
      }
      selector.selectedKeys().clear();
      if (stopping.getAsBoolean()) {
        break;
      }
    }
    for (SelectionKey key : selector.keys()) {
      if (key.channel() instanceof SocketChannel client) {
        client.close();
      }
    }
    selector.selectNow();
    accepting.interestOps(SelectionKey.OP_ACCEPT);
  }
}
