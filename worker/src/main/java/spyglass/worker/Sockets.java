package spyglass.worker;

import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import jdk.net.ExtendedSocketOptions;

/**
 * What we ask of the kernel for a connection. A Unix socket has few of TCP's options, and where one is
 * missing there is nothing to ask for.
 */
final class Sockets {

  private Sockets() {}

  /** An answer is written in one piece; nothing is won by waiting for more to send (tcp(7)). */
  static void sendAtOnce(SocketChannel channel) throws IOException {
    ask(channel, StandardSocketOptions.TCP_NODELAY, true);
  }

  /**
   * Has the kernel ask a silent client now and then whether it is still there (tcp(7), SO_KEEPALIVE):
   * one whose machine has lost its power would otherwise keep the tree awake for ever. By itself the
   * kernel asks first after two hours; after a minute is soon enough, and does not cost much.
   */
  static void askForSignsOfLife(SocketChannel channel) {
    try {
      ask(channel, StandardSocketOptions.SO_KEEPALIVE, true);
      ask(channel, ExtendedSocketOptions.TCP_KEEPIDLE, 60);
      ask(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL, 15);
    } catch (IOException e) {
      // The client is gone already; whoever reads or writes finds that out.
    }
  }

  /**
   * With SO_LINGER and zero seconds close(2) sends a reset, not an orderly end (socket(7)). A Unix
   * socket takes the option and knows no reset: its client sees an end, and can tell from the length or
   * the last chunk that it came too early, unless the body is one that ends with the connection.
   */
  static void resetOnClose(SocketChannel channel) throws IOException {
    ask(channel, StandardSocketOptions.SO_LINGER, 0);
  }

  private static <T> void ask(SocketChannel channel, SocketOption<T> option, T value)
      throws IOException {
    if (channel.supportedOptions().contains(option)) {
      channel.setOption(option, value);
    }
  }
}
