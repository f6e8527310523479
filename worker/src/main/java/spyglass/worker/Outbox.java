package spyglass.worker;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/**
 * What is on its way to a client. Bytes go to the socket at once; those for which the kernel has no
 * room wait here until the loop sees that it has. Of these there are only so many: a client who reads
 * slowly makes whoever writes to it wait, or be told that there is no room, and costs nobody else
 * anything.
 */
final class Outbox {

  /** The JDK copies what lies in the heap to a buffer outside, which it makes as large as that. */
  private static final int PIECE = 64 << 10;

  private final SocketChannel channel;
  private final Watch watch;
  private final Pace pace;
  private final AppThreads threads;
  private final int most;
  private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
  private int size;
  private boolean last;
  private boolean closed;

  /**
   * An empty one.
   *
   * @param most bytes that may wait
   * @param pace how slow the client may be while somebody waits to write
   * @param threads where a thread that waits gives up its place meanwhile
   */
  Outbox(SocketChannel channel, Watch watch, int most, Pace pace, AppThreads threads) {
    this.channel = channel;
    this.watch = watch;
    this.most = most;
    this.pace = pace;
    this.threads = threads;
  }

  /**
   * Sends bytes, or puts them with those that wait; waits itself while the outbox is full.
   *
   * @throws SocketTimeoutException when the client takes nothing for too long
   */
  void write(byte[] bytes) throws IOException {
    while (!putIfRoom(bytes)) {
      // Not while we hold our lock: to step back may take long, and the loop must be able to send.
      boolean aside = threads.stepAside();
      try {
        awaitRoom();
      } finally {
        if (aside) {
          threads.stepBack();
        }
      }
    }
  }

  private synchronized boolean putIfRoom(byte[] bytes) throws IOException {
    if (closed || last) {
      throw new IOException("the connection is closed");
    }
    if (size >= most) {
      return false;
    }
    put(bytes);
    return true;
  }

  /** Sends bytes, or puts them with those that wait, if there is room for all of them. */
  synchronized boolean offer(byte[] bytes) {
    if (!hasRoom(bytes.length)) {
      return false;
    }
    try {
      put(bytes);
      return true;
    } catch (IOException e) {
      // The client is gone. The loop finds out by itself, and tells the handler.
      return false;
    }
  }

  /** Whether bytes of that number would be taken if they were offered now. */
  synchronized boolean hasRoom(int bytes) {
    return !closed && !last && size + bytes <= most;
  }

  private void put(byte[] bytes) throws IOException {
    ByteBuffer piece = ByteBuffer.wrap(bytes);
    if (waiting.isEmpty()) {
      send(piece);
    }
    if (piece.hasRemaining()) {
      // A copy: the caller may use its array again as soon as we return.
      waiting.add(ByteBuffer.allocate(piece.remaining()).put(piece).flip());
      size += waiting.getLast().remaining();
      watch.on(SelectionKey.OP_WRITE);
    }
  }

  /** Sends what the kernel takes. */
  private int send(ByteBuffer bytes) throws IOException {
    int begin = bytes.position();
    int end = bytes.limit();
    boolean took = true;
    while (took && bytes.position() < end) {
      bytes.limit(Math.min(end, bytes.position() + PIECE));
      channel.write(bytes);
      took = !bytes.hasRemaining();
    }
    bytes.limit(end);
    return bytes.position() - begin;
  }

  private synchronized void awaitRoom() throws IOException {
    long begun = System.nanoTime();
    long until = begun + pace.patienceNanos();
    int before = size;
    while (size >= most && size == before && !closed) {
      long left = TimeUnit.NANOSECONDS.toMillis(until - System.nanoTime());
      if (left <= 0) {
        throw new SocketTimeoutException("the client stopped reading");
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        throw new SocketTimeoutException("the thread was interrupted");
      }
    }
    pace.waited(System.nanoTime() - begun);
  }

  /** The kernel has room: sends what waits. Loop only. */
  synchronized void flush() throws IOException {
    while (!waiting.isEmpty()) {
      int sent = send(waiting.peek());
      size -= sent;
      pace.moved(sent);
      if (waiting.peek().hasRemaining()) {
        break;
      }
      waiting.remove();
    }
    if (waiting.isEmpty()) {
      pace.begin();
      watch.off(SelectionKey.OP_WRITE);
      sayLast();
    }
    notifyAll();
  }

  /** Takes nothing more; when all is sent, the client is told that there will be no more. */
  synchronized void end() throws IOException {
    last = true;
    if (waiting.isEmpty()) {
      sayLast();
    }
  }

  private void sayLast() throws IOException {
    if (last && !closed) {
      channel.shutdownOutput();
    }
  }

  /** Whether all has been sent that ever will be. */
  synchronized boolean isDone() {
    return last && waiting.isEmpty();
  }

  /** The connection is gone: whoever waits to write waits no more. */
  synchronized void close() {
    closed = true;
    waiting.clear();
    notifyAll();
  }
}
