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
  private final Lease lease;
  private final Server server;
  private final Pace reading;
  private final Pace writing;
  private @Nullable Peer peer;
  private @Nullable Turn turn;

  Wire(SocketChannel channel, SelectionKey key, Server server) {
    this.channel = channel;
    this.lease = new Lease(key);
    this.server = server;
    Settings settings = server.settings();
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

  /** Who may use this. */
  Lease lease() {
    return lease;
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
   * @return how many bytes, -1 at the end of the stream, 0 when somebody has called {@link Lease#wake}
   * @throws SocketTimeoutException when it was in vain
   */
  int read(Inbox inbox, long until) throws IOException {
    int count = inbox.fill(channel);
    if (count == 0) {
      lease.await(SelectionKey.OP_READ, until);
      count = inbox.fill(channel);
    }
    return count;
  }

  /**
   * Reads and waits for at least one byte, as long as it takes.
   *
   * @return how many bytes, -1 at the end of the stream or after {@link Lease#endInput}
   */
  int read(ByteBuffer into) throws IOException {
    int count = lease.hasEnded() ? -1 : channel.read(into);
    while (count == 0) {
      lease.await(SelectionKey.OP_READ, System.nanoTime() + FOREVER_NANOS);
      count = lease.hasEnded() ? -1 : channel.read(into);
    }
    return count;
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

  /**
   * Writes what fits into the socket's buffer; a last word that nobody waits for.
   *
   * @return whether all of it did
   */
  boolean offer(ByteBuffer bytes) {
    try {
      channel.write(bytes);
    } catch (IOException e) {
      // The client is gone; whoever closes the connection finds that out for himself.
    }
    return !bytes.hasRemaining();
  }

  private void await(int operation) throws IOException {
    Pace pace = operation == SelectionKey.OP_READ ? reading : writing;
    Turn current = Objects.requireNonNull(turn);
    long begun = System.nanoTime();
    current.pause(operation == SelectionKey.OP_WRITE);
    try {
      lease.await(operation, begun + pace.patienceNanos(), current::isToHurry);
    } finally {
      current.resume();
    }
    pace.waited(System.nanoTime() - begun);
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
    server.closed(channel);
  }
}
