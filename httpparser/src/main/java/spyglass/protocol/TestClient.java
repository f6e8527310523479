package spyglass.protocol;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;

/**
 * A client in a test, without a socket: what it says goes to a protocol's handler, the messages
 * found are executed at once on the caller's thread, and what is sent to it can be read. The
 * handler is supervised by {@link ProtocolLint}.
 *
 * <p>Its own methods are for one thread. Those of its link are for any, so one client's messages
 * may reach another that lives on another thread.
 */
public final class TestClient {

  /**
   * What came of a talk.
   *
   * @param bytes all that was sent to the client
   * @param refusal the reason, when a {@link ProtocolException} has ended it
   * @param closed whether the server has closed the connection before the client sent its last
   */
  @SuppressWarnings("ArrayRecordComponent") // read by tests, compared by nobody
  public record Answer(byte[] bytes, Optional<String> refusal, boolean closed) {

    /** What was sent, read as UTF-8. */
    public String text() {
      return new String(bytes, StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
      String plain = text().replace("\r", "\\r").replace("\n", "\\n");
      return "'%s'%s%s"
          .formatted(plain, refusal.map(" refused: "::concat).orElse(""), closed ? " closed" : "");
    }
  }

  /** A handler must not think that a buffer begins with what has come. */
  private static final byte[] BEFORE = {'-', '\n', '-'};

  private final boolean reuses;
  private final TestLink link = new TestLink(this::settle);
  private final ProtocolHandler handler;
  private final Deque<Message> waiting = new ArrayDeque<>();
  private byte[] left = new byte[0];
  private Optional<String> refusal = Optional.empty();

  /** The handler is told that the connection is closed when nothing of its own runs any more. */
  private boolean busy;

  private boolean told;

  private TestClient(Protocol protocol, boolean reuses) {
    this.reuses = reuses;
    this.handler = new ProtocolLint(protocol).open(link);
  }

  /** A new connection to a protocol, which has been started. */
  public static TestClient connect(Protocol protocol) {
    return new TestClient(protocol, true);
  }

  /** One whose buffer is never used again: who tells it from others has kept what is not his. */
  static TestClient keeping(Protocol protocol) {
    return new TestClient(protocol, false);
  }

  /** Says a text in UTF-8; see {@link #says(byte[])}. */
  public TestClient says(String text) throws Exception {
    return says(text.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Says something, and waits until the messages found in it are executed.
   *
   * @return itself
   * @throws IOException when the connection is closed
   * @throws Exception what a message throws; the connection is then closed
   */
  public TestClient says(byte[] bytes) throws Exception {
    if (link.isClosed()) {
      throw new IOException("the connection is closed");
    }
    byte[] array = new byte[BEFORE.length + left.length + bytes.length];
    ByteBuffer.wrap(array).put(BEFORE).put(left).put(bytes);
    run(() -> receive(array));
    return this;
  }

  private void receive(byte[] array) throws Exception {
    ByteBuffer buffer = ByteBuffer.wrap(array, BEFORE.length, array.length - BEFORE.length);
    Optional<ProtocolException> mistake = Optional.empty();
    try {
      handler.received(buffer, waiting::add);
    } catch (ProtocolException e) {
      mistake = Optional.of(e);
    }
    left = new byte[buffer.remaining()];
    buffer.get(left);
    if (reuses) {
      Arrays.fill(array, (byte) '#');
    }
    execute();
    if (mistake.isPresent() && !link.isClosed()) {
      refusal = Optional.ofNullable(mistake.get().getMessage());
      link.write(mistake.get().farewell());
      link.close();
    }
  }

  /** The messages that wait when the connection is closed are dropped. */
  private void execute() throws Exception {
    while (!waiting.isEmpty() && !link.isClosed()) {
      waiting.remove().execute(link);
    }
  }

  /** What runs a handler's methods or a connection's messages. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private void run(Work work) throws Exception {
    busy = true;
    boolean well = false;
    try {
      work.run();
      well = true;
    } finally {
      busy = false;
      if (!well) {
        link.close();
      }
      settle();
    }
  }

  private void settle() {
    if (link.isClosed() && !busy && !told) {
      told = true;
      handler.closed();
    }
  }

  /** All that was sent to it since this was asked last, read as UTF-8. */
  public String hears() {
    return new String(link.news(), StandardCharsets.UTF_8);
  }

  /**
   * Reads no more, or again: its outbox has room for so many bytes and no more. What does not fit
   * is not offered to it any more, and who writes it gets an IOException.
   */
  public void hasRoomFor(int bytes) {
    link.hasRoomFor(bytes);
  }

  /** Whether the connection is closed, by whom ever. */
  public boolean isClosed() {
    return link.isClosed();
  }

  /**
   * Sends no more but still reads. A server that is about to stop treats its clients the same way.
   *
   * @return what came of the talk
   * @throws Exception what a message throws
   */
  public Answer ends() throws Exception {
    boolean closed = link.isClosed();
    if (!closed) {
      run(() -> {
        handler.ended(waiting::add);
        execute();
        link.close();
      });
    }
    return new Answer(link.all(), refusal, closed);
  }

  /** Is gone without a word: what was written and not read is lost. */
  public void vanishes() {
    link.close();
  }
}
