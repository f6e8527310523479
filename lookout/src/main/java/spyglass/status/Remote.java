package spyglass.status;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A server, by way of its control socket.
 *
 * @param name what it is called
 * @param socket the file of its socket
 */
record Remote(String name, Path socket) {

  /** A lookout answers at once, and waits a second for its master at most. */
  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);

  /** No answer is longer: what goes on for longer is no server of ours. */
  private static final int LONGEST_ANSWER = 4 << 20;

  /** A server that is there and says nothing. */
  static final class Silent extends IOException {
    private static final long serialVersionUID = 1L;

    Silent(String name) {
      super(name + " does not answer: its lookout is stopped or stuck: see ps, and kill -CONT it");
    }
  }

  Silent silence() {
    return new Silent(name);
  }

  /**
   * Asks one thing.
   *
   * @return the answer; nothing if nobody listens there
   * @throws Silent if it does not answer
   */
  Optional<String> ask(String what) throws IOException {
    return ask(what, PATIENCE);
  }

  /**
   * The same for those who have others to ask, too.
   *
   * @param patience how long to wait for an answer, in nanoseconds
   */
  Optional<String> ask(String what, long patience) throws IOException {
    try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        Selector selector = Selector.open()) {
      channel.configureBlocking(false);
      connect(channel);
      channel.write(ByteBuffer.wrap((what + "\n").getBytes(StandardCharsets.UTF_8)));
      channel.register(selector, SelectionKey.OP_READ);
      return Optional.of(answer(channel, selector, patience)).filter(answer -> !answer.isEmpty());
    } catch (Silent e) {
      throw e;
    } catch (IOException e) {
      // Refused, no such file, or it ended while we asked: nobody is there.
      return Optional.empty();
    }
  }

  private void connect(SocketChannel channel) throws IOException {
    try {
      channel.connect(UnixDomainSocketAddress.of(socket));
    } catch (ConnectException e) {
      // Nobody listens.
      throw e;
    } catch (SocketException e) {
      // EAGAIN (unix(7)): its queue is full of those who have given up. Or the file is gone by now.
      throw Files.isWritable(socket) ? silence() : e;
    }
  }

  private String answer(SocketChannel channel, Selector selector, long patience)
      throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    ByteBuffer buffer = ByteBuffer.allocate(8192);
    long until = System.nanoTime() + patience;
    int count = 0;
    while (count >= 0) {
      all.write(buffer.array(), 0, buffer.flip().limit());
      buffer.clear();
      selector.select(100);
      selector.selectedKeys().clear();
      if (System.nanoTime() - until > 0 || all.size() > LONGEST_ANSWER) {
        throw silence();
      }
      count = channel.read(buffer);
    }
    return all.toString(StandardCharsets.UTF_8);
  }
}
