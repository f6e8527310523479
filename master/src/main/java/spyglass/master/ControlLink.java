package spyglass.master;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The control connection to the lookout: orders come in, figures go out, a line each. A master must never
 * wait for its lookout, which may be stopped; so a thread of its own reads, another writes, and who does
 * not take what was written is cut off.
 */
final class ControlLink {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** So much may wait to be written, each at most an answer to status. */
  private static final int MOST_WAITING = 64;

  /** Nobody has this to say; the writer ends with it. */
  private static final String END = "";

  private static final int LONGEST_LINE = 1024;
  private static final long REST_MILLIS = 1000;
  private static final long LAST_WORD_MILLIS = 500;

  private final SocketChannel channel;
  private final Consumer<Event> tell;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
  private final Thread writer;
  private volatile boolean over;

  private ControlLink(SocketChannel channel, Consumer<Event> tell) {
    this.channel = channel;
    this.tell = tell;
    writer = Thread.ofPlatform().daemon().name("control-writer").unstarted(this::write);
  }

  /**
   * Connects, and again when the connection is lost, until that fails: then the lookout is gone. Answers
   * at once; what comes of it is told from another thread.
   */
  static void keep(Path socket, Consumer<Event> tell) {
    Thread.ofPlatform()
        .daemon()
        .name("control")
        .start(() -> {
          try {
            while (true) {
              try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
                new ControlLink(channel, tell).converse();
              }
              Thread.sleep(REST_MILLIS);
            }
          } catch (IOException e) {
            LOG.debug("no control connection at {}: {}", socket, e.getMessage());
          } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
          }
        });
  }

  private void converse() {
    writer.start();
    say("master " + ProcessHandle.current().pid() + "\n");
    tell.accept(new Event.Connected(this));
    try {
      read();
    } catch (IOException e) {
      if (!over) {
        LOG.debug("the control connection has ended: {}", e.getMessage());
      }
    } finally {
      drop();
    }
  }

  private void read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(LONGEST_LINE);
    StringBuilder line = new StringBuilder();
    while (channel.read(bytes.clear()) >= 0) {
      bytes.flip();
      while (bytes.hasRemaining()) {
        char next = (char) (bytes.get() & 0xff);
        if (next != '\n') {
          line.append(next);
        } else {
          heard(line.toString());
          line.setLength(0);
        }
        if (line.length() > LONGEST_LINE) {
          throw new IOException("a line without an end");
        }
      }
    }
  }

  private void heard(String line) {
    Demand.of(line)
        .ifPresentOrElse(
            demand -> tell.accept(new Event.Demanded(demand)),
            () -> LOG.warn("the lookout demands what means nothing: {}", line));
  }

  /** Has something written, soon. Never waits; does nothing any more when the connection is lost. */
  void say(String lines) {
    if (!over && !waiting.offer(lines)) {
      LOG.warn("the lookout does not read: the control connection is dropped");
      drop();
    }
  }

  private void write() {
    try {
      String lines = waiting.take();
      while (!lines.equals(END)) {
        ByteBuffer bytes = ByteBuffer.wrap(lines.getBytes(StandardCharsets.UTF_8));
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        lines = waiting.take();
      }
    } catch (IOException e) {
      // The lookout is gone, or was cut off. The reader hears of it too.
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /** Says the last, and waits for a moment until it is written. */
  void end(String lines) throws InterruptedException {
    say(lines);
    over = true;
    waiting.offer(END);
    writer.join(LAST_WORD_MILLIS);
    // A JVM that ends waits for 300 ms for a thread that waits in a system call, as our reader
    // does.
    drop();
  }

  private void drop() {
    over = true;
    waiting.clear();
    waiting.offer(END);
    try {
      channel.close();
    } catch (IOException e) {
      LOG.debug("closing the control connection: {}", e.getMessage());
    }
  }
}
