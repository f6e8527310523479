package spyglass.worker;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import spyglass.http.Peer;

/**
 * A connection's channel as an app thread sees it: reading and writing that waits. The channel itself
 * never waits; where it would have to, the loop is asked to watch it and the thread sleeps until the
 * loop wakes it.
 */
final class Wire {

  /** A century: reading an upgraded connection may take as long as the client likes. */
  private static final long FOREVER_NANOS = Duration.ofDays(36_500).toNanos();

  private final SocketChannel channel;
  private final SelectionKey key;
  private final Pace reading;
  private final Pace writing;
  private @Nullable Peer peer;
  private @Nullable Turn turn;

  /** What threads wait for: a set of SelectionKey's operations. */
  private int awaited;

  private boolean lent;
  private boolean inputEnded;

  Wire(SocketChannel channel, SelectionKey key, Settings settings) {
    this.channel = channel;
    this.key = key;
    this.reading = new Pace(settings.clocks().stall(), settings.bounds().leastRate());
    this.writing = new Pace(settings.clocks().stall(), settings.bounds().leastRate());
  }

  /** A proxy has said whose connection this is, and that counts from now on. Loop only. */
  void introduce(Peer told) {
    peer = told;
  }

  /** Who is at the other end. */
  Peer peer() throws IOException {
    if (peer == null) {
      peer = new Peer(channel.getRemoteAddress(), channel.getLocalAddress(), "http");
    }
    return peer;
  }

  /** Another exchange begins. */
  void begin(Turn next) {
    turn = next;
    reading.begin();
    writing.begin();
  }

  SocketChannel channel() {
    return channel;
  }

  /**
   * Reads into an inbox and waits for at least one byte.
   *
   * @return false at the end of the stream
   * @throws SocketTimeoutException when nothing comes for too long
   */
  boolean read(Inbox inbox) throws IOException {
    int count = inbox.fill(channel);
    while (count == 0) {
      await(SelectionKey.OP_READ);
      count = inbox.fill(channel);
    }
    reading.moved(Math.max(0, count));
    return count > 0;
  }

  /**
   * Reads into an inbox, and waits if nothing is there.
   *
   * @param until when to give up, as System.nanoTime tells it
   * @return how many bytes, -1 at the end of the stream, 0 when somebody has called {@link #wake}
   * @throws SocketTimeoutException when it was in vain
   */
  int read(Inbox inbox, long until) throws IOException {
    int count = inbox.fill(channel);
    if (count == 0) {
      await(SelectionKey.OP_READ, until);
      count = inbox.fill(channel);
    }
    return count;
  }

  /** Has a thread that waits for bytes look around. Any thread. */
  synchronized void wake() {
    awaited &= ~SelectionKey.OP_READ;
    notifyAll();
  }

  /**
   * Reads and waits for at least one byte, as long as it takes.
   *
   * @return how many bytes, -1 at the end of the stream or after {@link #endInput}
   */
  int read(ByteBuffer into) throws IOException {
    int count = ended() ? -1 : channel.read(into);
    while (count == 0) {
      await(SelectionKey.OP_READ, System.nanoTime() + FOREVER_NANOS);
      count = ended() ? -1 : channel.read(into);
    }
    return count;
  }

  private synchronized boolean ended() {
    return inputEnded;
  }

  /**
   * From here on whoever reads is at the end of the stream, and whoever waits for it is woken. Any
   * thread, any number of times.
   */
  synchronized void endInput() {
    inputEnded = true;
    wake();
  }

  /**
   * Writes all of it. Give it pieces: for bytes that lie in the heap the JDK makes a copy outside of
   * it, as large as they are.
   *
   * @throws SocketTimeoutException when the client takes nothing for too long
   */
  void write(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      int count = channel.write(bytes);
      writing.moved(count);
      if (count == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /**
   * Writes a part of a file.
   *
   * @throws EOFException when the file has become shorter than its answer has promised
   */
  void transfer(FileChannel from, long offset, long length) throws IOException {
    long at = offset;
    while (at < offset + length) {
      long count = from.transferTo(at, offset + length - at, channel);
      at += count;
      writing.moved(count);
      if (count == 0 && at >= from.size()) {
        throw new EOFException("the file has become shorter");
      } else if (count == 0) {
        await(SelectionKey.OP_WRITE);
      }
    }
  }

  /** The app begins to answer; see {@link Turn#speak}. */
  void speak() throws IOException {
    Objects.requireNonNull(turn).speak();
  }

  /** Writes what fits into the socket's buffer; a last word that nobody waits for. */
  void offer(byte[] bytes) {
    try {
      channel.write(ByteBuffer.wrap(bytes));
    } catch (IOException e) {
      // The client is gone; whoever closes the connection finds that out for himself.
    }
  }

  private void await(int operation) throws IOException {
    Pace pace = operation == SelectionKey.OP_READ ? reading : writing;
    Turn current = Objects.requireNonNull(turn);
    long begun = System.nanoTime();
    current.pause();
    try {
      await(operation, begun + pace.patienceNanos());
    } finally {
      current.resume();
    }
    pace.waited(System.nanoTime() - begun);
  }

  private synchronized void await(int operation, long until) throws IOException {
    if (!lent) {
      throw new IOException("the app has given this connection back");
    }
    if (inputEnded && operation == SelectionKey.OP_READ) {
      return;
    }
    awaited |= operation;
    key.interestOps(awaited);
    key.selector().wakeup();
    try {
      while ((awaited & operation) != 0) {
        long left = (until - System.nanoTime()) / 1_000_000;
        if (left <= 0) {
          throw new SocketTimeoutException(
              operation == SelectionKey.OP_READ
                  ? "the client stopped sending"
                  : "the client stopped reading");
        }
        wait(left);
      }
    } catch (InterruptedException e) {
      throw new SocketTimeoutException("the thread was interrupted");
    } finally {
      awaited &= ~operation;
    }
  }

  /** From here on the connection is an app thread's. Loop only. */
  synchronized void lend() {
    lent = true;
  }

  /**
   * The loop's side of {@link #await}: something happened to the connection. If an app thread has it,
   * the loop stops watching for that, or the selector would report the same bytes over and over, and
   * wakes the thread in case it waits. Of an upgraded connection one thread may read and another
   * write, and each is woken for its own.
   *
   * @return false when the connection is the loop's own, so that the event is the loop's business
   */
  synchronized boolean signal() {
    if (!lent) {
      return false;
    }
    awaited &= ~key.readyOps();
    key.interestOps(awaited);
    notifyAll();
    return true;
  }

  /**
   * The connection is the loop's again, which watches for requests. Most often it never stopped:
   * between a request and its answer a client has nothing to say, and then this costs nothing.
   */
  synchronized void giveBack() {
    lent = false;
    if (key.isValid() && key.interestOps() != SelectionKey.OP_READ) {
      key.interestOps(SelectionKey.OP_READ);
      key.selector().wakeup();
    }
  }

  /** Whether to look for more from the client; the loop's own connections only. */
  synchronized void watch(boolean more) {
    int operations = more ? SelectionKey.OP_READ : 0;
    if (key.interestOps() != operations) {
      key.interestOps(operations);
    }
  }

  void wakeLoop() {
    key.selector().wakeup();
  }

  void shutdownOutput() {
    try {
      channel.shutdownOutput();
    } catch (IOException e) {
      // The client is gone already.
    }
  }

  void close() throws IOException {
    channel.close();
  }
}
