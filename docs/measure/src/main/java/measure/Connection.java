package measure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A client's end of a connection: what of an answer has come. */
final class Connection {

  private static final int MOST = 16 * 1024;
  private static final String LENGTH = "content-length:";

  /** What a look at the socket has brought. */
  enum Step {
    WAITING,
    ANSWERED,
    FAILED
  }

  private final ByteBuffer in = ByteBuffer.allocateDirect(MOST);
  private @Nullable SocketChannel channel;
  private long began;
  private boolean asking;

  /** How long the answer is, its head included; 0 until the head is whole. */
  private int whole;

  /** Both of the answer before: nearly always the next is like it. */
  private int lastHead;

  private int lastWhole;

  void isNow(SocketChannel other) {
    channel = other;
  }

  /** Ends what connect(2) has begun; false if it came to nothing. */
  boolean hasConnected() {
    try {
      return channel().finishConnect();
    } catch (IOException e) {
      return false;
    }
  }

  private SocketChannel channel() {
    if (channel == null) {
      throw new IllegalStateException("not connected");
    }
    return channel;
  }

  void began(long nanos) {
    began = nanos;
    asking = true;
  }

  long began() {
    return began;
  }

  boolean isAsking() {
    return asking;
  }

  /** Says all of it. If that is not possible, reading will tell. */
  void send(byte[] request) {
    in.clear();
    whole = 0;
    ByteBuffer out = ByteBuffer.wrap(request);
    try {
      while (out.hasRemaining()) {
        channel().write(out);
      }
    } catch (IOException e) {
      // The server has closed.
    }
  }

  /**
   * Reads what there is. An answer ends where its length says: some servers tell the end of a
   * connection and leave it to the client.
   */
  Step read() throws IOException {
    int got;
    try {
      got = channel().read(in);
    } catch (IOException e) {
      return Step.FAILED;
    }
    if (got < 0) {
      return Step.FAILED;
    }
    if (!isWhole()) {
      return in.hasRemaining() ? Step.WAITING : Step.FAILED;
    }
    asking = false;
    return isOk() ? Step.ANSWERED : Step.FAILED;
  }

  private boolean isOk() {
    return in.position() > 12 && in.get(9) == '2' && in.get(10) == '0' && in.get(11) == '0';
  }

  private boolean isWhole() {
    if (whole == 0) {
      whole = length();
    }
    return whole > 0 && in.position() >= whole;
  }

  /** The length of the answer as its head tells it, or 0 as long as there is no whole head. */
  private int length() {
    int end = lastHead;
    if (end == 0 || in.position() < end || !endsAt(end)) {
      end = 4;
      while (end <= in.position() && !endsAt(end)) {
        end++;
      }
      if (end > in.position()) {
        return 0;
      }
      byte[] head = new byte[end];
      in.get(0, head);
      lastHead = end;
      lastWhole = end + contentLength(new String(head, US_ASCII));
    }
    return lastWhole;
  }

  private boolean endsAt(int end) {
    return in.getInt(end - 4) == 0x0d0a0d0a;
  }

  /** How long a body is, as its head says; 0 if it does not. */
  static int contentLength(String head) {
    int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      return 0;
    }
    int from = at + LENGTH.length();
    return Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
  }

  /** Whether the server has neither closed it nor said more than it was asked for. */
  boolean isQuiet() throws IOException {
    channel().configureBlocking(false);
    try {
      return channel().read(in.clear()) == 0;
    } catch (IOException e) {
      return false;
    }
  }

  void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
