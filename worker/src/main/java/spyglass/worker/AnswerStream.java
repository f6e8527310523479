package spyglass.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;
import spyglass.http.Body;
import spyglass.http.Reply;

/**
 * An answer on its way to the wire. The head waits for the first of the body, so that a small answer
 * is one write and one packet, and an app that fails early can still be answered for with a 500.
 */
final class AnswerStream extends OutputStream {

  /** A piece: as much as is collected before it is sent. */
  private static final int PIECE = 16 << 10;

  private static final byte[] NOTHING = new byte[0];
  private static final byte[] LINE_END = {'\r', '\n'};

  private final Wire wire;
  private final Reply.Frame frame;
  private byte[] head;
  private byte[] piece = NOTHING;
  private int collected;
  private long left;
  private boolean started;
  private boolean broken;
  private boolean overran;
  private boolean finished;

  AnswerStream(Wire wire, Reply reply) {
    this.wire = wire;
    this.frame = reply.framing();
    this.head = reply.head();
    this.left = frame instanceof Reply.Frame.Length length ? length.bytes() : Long.MAX_VALUE;
  }

  /** Whether a body is to be written at all. */
  boolean wantsBody() {
    return !(frame instanceof Reply.Frame.None);
  }

  /** Whether the client may have seen a part of the answer. */
  boolean started() {
    return started;
  }

  /** Whether the app wrote more than it had said; what is too much was not sent. */
  boolean overran() {
    return overran;
  }

  /** Whether it was the connection that failed. */
  boolean broken() {
    return broken;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (finished) {
      throw new IOException("the answer is finished");
    }
    int fits = (int) Math.min(length, left);
    left -= fits;
    collect(bytes, offset, fits);
    if (fits < length) {
      overran = true;
      throw new IOException("the answer is longer than its Content-Length");
    }
  }

  /** Writes a body that is there already; a small one goes with its head, and is copied once. */
  void write(Body.Bytes body) throws IOException {
    byte[] content = body.content();
    if (content.length == left && content.length <= PIECE && collected == 0) {
      left = 0;
      send(ByteBuffer.allocate(head.length + content.length).put(head).put(content).flip());
    } else {
      write(content, 0, content.length);
    }
  }

  private void collect(byte[] bytes, int offset, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (collected == piece.length) {
        grow(length - done);
      }
      int count = Math.min(length - done, piece.length - collected);
      System.arraycopy(bytes, offset + done, piece, collected, count);
      collected += count;
      done += count;
    }
  }

  /** Makes room: a small answer needs only a small array, a large one is sent in pieces. */
  private void grow(int wanted) throws IOException {
    if (piece.length == PIECE) {
      flush();
      return;
    }
    byte[] larger = new byte[Math.clamp(collected + (long) wanted, 512, PIECE)];
    System.arraycopy(piece, 0, larger, 0, collected);
    piece = larger;
  }

  @Override
  public void flush() throws IOException {
    if (collected > 0 || head.length > 0) {
      emit(NOTHING);
    }
  }

  /**
   * Sends the rest.
   *
   * @throws IOException when the body is shorter than was told: the client waits for more, and must
   *     be shown that there will be none
   */
  void finish() throws IOException {
    finished = true;
    boolean chunks = frame instanceof Reply.Frame.Chunks;
    if (chunks || collected > 0 || !started || broken) {
      emit(chunks ? Reply.lastChunk() : NOTHING);
    }
    if (frame instanceof Reply.Frame.Length && left > 0) {
      throw new IOException("the answer is " + left + " bytes shorter than its Content-Length");
    }
  }

  /**
   * Sends a part of a file by way of sendfile(2): its bytes go from the page cache to the socket and
   * never visit this process. A file that is not there is noticed before the head is sent.
   */
  void transfer(Body.File file) throws IOException {
    try (FileChannel from = FileChannel.open(file.path())) {
      flush();
      left -= file.length();
      wire.transfer(from, file.offset(), file.length());
    } catch (IOException e) {
      broken = started;
      throw e;
    }
  }

  private void emit(byte[] end) throws IOException {
    boolean chunk = frame instanceof Reply.Frame.Chunks && collected > 0;
    byte[] size = chunk ? Reply.chunkSize(collected) : NOTHING;
    int length = head.length + size.length + collected + LINE_END.length + end.length;
    ByteBuffer out = ByteBuffer.allocate(length).put(head).put(size).put(piece, 0, collected);
    send(out.put(chunk ? LINE_END : NOTHING).put(end).flip());
  }

  private void send(ByteBuffer out) throws IOException {
    if (broken) {
      // An app may catch what we threw and go on writing; what follows a gap would be taken for
      // whole.
      throw new IOException("the connection has failed before");
    }
    head = NOTHING;
    collected = 0;
    try {
      if (!started) {
        wire.speak();
      }
      started = true;
      wire.write(out);
    } catch (IOException e) {
      broken = true;
      throw e;
    }
  }
}
