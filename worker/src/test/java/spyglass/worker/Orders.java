package spyglass.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import spyglass.protocol.Lines;
import spyglass.protocol.Link;
import spyglass.protocol.Message;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolException;
import spyglass.protocol.ProtocolHandler;

/** A protocol for tests: it answers each line with the same line, and some lines are orders. */
final class Orders implements Protocol {

  private static final Lines LINES = new Lines(1 << 20, bytes("too long\n"));

  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger closed = new AtomicInteger();

  @Override
  public ProtocolHandler open(Link link) {
    return new Handler(link);
  }

  /** Waits until the order {@code wait} is executed. */
  void awaitEntered() throws InterruptedException {
    entered.await();
  }

  /** Lets it go on. */
  void release() {
    released.countDown();
  }

  /** How many connections have ended. */
  int closed() {
    return closed.get();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private final class Handler implements ProtocolHandler {

    private final Link link;

    Handler(Link link) {
      this.link = link;
    }

    @Override
    public void received(ByteBuffer bytes, Consumer<Message> messages) throws ProtocolException {
      if (bytes.hasRemaining() && bytes.get(bytes.position()) == '!') {
        throw new ProtocolException("no such thing", bytes("bad\n"));
      }
      LINES.each(bytes, line -> messages.accept(at -> obey(line.text(StandardCharsets.UTF_8), at)));
    }

    private void obey(String line, Link at) throws Exception {
      switch (line) {
        case "wait" -> {
          entered.countDown();
          released.await();
        }
        case "fail" -> throw new IllegalStateException("as told");
        case "flood" -> {
          for (int i = 0; i < 200; i++) {
            at.write(new byte[64 << 10]);
          }
        }
        case "close" -> link.close();
        default -> {}
      }
      at.write(bytes(line + "\n"));
    }

    @Override
    public void ended(Consumer<Message> messages) {
      messages.accept(at -> at.write(bytes("goodbye\n")));
    }

    @Override
    public void closed() {
      closed.incrementAndGet();
    }
  }
}
