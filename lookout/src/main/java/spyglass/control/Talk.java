package spyglass.control;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A connection over which lines are said, in UTF-8. Whoever is there costs little: a line is short,
 * what he does not take is bounded, and his time is.
 */
public final class Talk implements Guest {

  private static final int LONGEST_LINE = 4096;
  private static final int MOST_UNSENT = 64 << 10;

  /** For the first line, for its answer, and to take what we say. */
  static final long PATIENCE_MILLIS = 5000;

  /** For the other side to close, after our last word. */
  private static final long LINGER_MILLIS = 2000;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Loop loop;
  private final SocketChannel channel;
  private final Door door;
  private final SelectionKey key;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(64);
  private @Nullable Conversation about;
  private ByteBuffer unsent = NOTHING;
  private boolean leaving;
  private boolean ended;
  private boolean closed;
  private long due;

  private Talk(Loop loop, SocketChannel channel, Door door) throws IOException {
    this.loop = loop;
    this.channel = channel;
    this.door = door;
    this.due = loop.now() + PATIENCE_MILLIS;
    channel.configureBlocking(false);
    this.key = loop.add(channel, SelectionKey.OP_READ, this);
  }

  static Talk begin(Loop loop, SocketChannel channel, Door door) throws IOException {
    try {
      return new Talk(loop, channel, door);
    } catch (IOException e) {
      channel.close();
      door.left();
      throw e;
    }
  }

  /** From now on it is about this. */
  void about(Conversation conversation) {
    about = conversation;
  }

  /** The conversation is told when so much time has passed; {@link #NEVER} for no limit. */
  void within(long millis) {
    due = millis == NEVER ? NEVER : loop.now() + millis;
  }

  /**
   * Says something, as soon as the other side takes it.
   *
   * @return false if too much waits already: then nothing is said
   */
  public boolean say(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (closed || unsent.remaining() > MOST_UNSENT) {
      return false;
    }
    ByteBuffer both = ByteBuffer.allocate(unsent.remaining() + bytes.length);
    unsent = both.put(unsent).put(bytes).flip();
    flush();
    return !closed;
  }

  /** Says it and has no more to say. */
  public void leave(String text) {
    if (say(text)) {
      leave();
    } else {
      close();
    }
  }

  /**
   * Closes in order: first our side, then, when the other has closed his or two seconds have passed, the
   * whole. To close at once, with bytes of his unread, would send a reset that can destroy what we said
   * on its way.
   */
  public void leave() {
    leaving = true;
    within(PATIENCE_MILLIS);
    flush();
  }

  private void flush() {
    try {
      if (unsent.hasRemaining()) {
        channel.write(unsent);
      }
      if (leaving && !unsent.hasRemaining()) {
        depart();
      }
      attend();
    } catch (IOException e) {
      close();
    }
  }

  private void depart() throws IOException {
    if (ended) {
      close();
    } else {
      channel.shutdownOutput();
      within(LINGER_MILLIS);
    }
  }

  private void attend() {
    if (key.isValid()) {
      int read = ended ? 0 : SelectionKey.OP_READ;
      int write = unsent.hasRemaining() ? SelectionKey.OP_WRITE : 0;
      key.interestOps(read | write);
    }
  }

  @Override
  public void ready() throws IOException {
    if (key.isWritable()) {
      flush();
    }
    if (key.isValid() && key.isReadable()) {
      read();
    }
  }

  /** Reads a little; answers whether there may be more. */
  private boolean read() throws IOException {
    ByteBuffer bytes = loop.buffer();
    int count = channel.read(bytes);
    if (count < 0) {
      end();
      return false;
    }
    bytes.flip();
    while (bytes.hasRemaining() && !leaving && !closed) {
      take(bytes.get());
    }
    return count > 0;
  }

  /** What was said by somebody who is dead already is still there to be read. */
  void readToEnd() {
    try {
      while (!closed && !ended && read()) {
        // All is done by the condition.
      }
    } catch (IOException e) {
      close();
    }
  }

  private void take(byte next) {
    if (next != '\n') {
      line.write(next);
      if (line.size() > LONGEST_LINE) {
        close();
      }
      return;
    }
    String text = line.toString(StandardCharsets.UTF_8);
    line.reset();
    if (about != null) {
      about.heard(text.endsWith("\r") ? text.substring(0, text.length() - 1) : text);
    }
  }

  private void end() {
    ended = true;
    if (about == null || (leaving && !unsent.hasRemaining())) {
      close();
      return;
    }
    attend();
    if (!leaving) {
      about.ended();
    }
  }

  @Override
  public long due() {
    return due;
  }

  @Override
  public void overdue() {
    if (leaving || about == null) {
      close();
    } else {
      due = NEVER;
      about.overdue();
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (about != null && !ended) {
      ended = true;
      about.ended();
    }
    try {
      channel.close();
    } catch (IOException e) {
      // It is closed all the same (close(2)).
    }
    door.left();
  }
}
