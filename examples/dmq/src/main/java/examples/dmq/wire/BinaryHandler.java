package examples.dmq.wire;

import java.nio.ByteBuffer;
import java.util.function.Consumer;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/**
 * Cuts requests from what has come: all that are whole become one message. A client that sends a thousand
 * at once so costs one copy, one hand-over to another thread and one answer of a thousand parts.
 */
public final class BinaryHandler implements ProtocolHandler {

  /** No request is larger, whatever {@code --max-message} says. */
  private static final int MOST = 1 << 24;

  private final Node node;
  private final Session session;

  /** A connection's. */
  public BinaryHandler(Node node, Link link) {
    this.node = node;
    this.session = new Session(node, link);
  }

  @Override
  public void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
    int begin = bytes.position();
    int end = begin;
    int size = size(bytes, end);
    while (size > 0 && size <= bytes.limit() - end) {
      end += size;
      size = size(bytes, end);
    }
    if (end > begin) {
      byte[] requests = new byte[end - begin];
      bytes.get(requests);
      node.stats().received(requests.length);
      messages.accept(link -> session.execute(new Request(requests)));
    }
    if (size < 0) {
      throw new ProtocolException("what has come is no request of dmq's");
    }
  }

  /** How many bytes a request has: 0 when that cannot be seen yet, less when it is none. */
  private static int size(ByteBuffer bytes, int at) {
    if (bytes.limit() == at) {
      return 0;
    }
    if (Code.of(bytes.get(at)).isEmpty()) {
      return -1;
    }
    if (bytes.limit() - at < Code.BEFORE) {
      return 0;
    }
    int length = bytes.getInt(at + 1);
    return length < 0 || length > MOST ? -1 : Code.BEFORE + length;
  }

  @Override
  public void ended(Consumer<Message> messages) {
    messages.accept(link -> session.stop());
  }

  @Override
  public void closed() {
    session.closed();
  }
}
