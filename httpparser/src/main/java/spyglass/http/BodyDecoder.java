package spyglass.http;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frees a body of its framing: bytes as they come from the client go in, the body's own bytes come
 * out. Chunks are read by the letter of RFC 9112 section 7.1, and no byte behind the body is
 * touched: it belongs to the next request.
 *
 * <p>Not for several threads at once. Never throws for anything a client sends.
 */
public final class BodyDecoder {

  private enum State {
    SIZE,
    DATA,
    AFTER_DATA,
    TRAILER,
    DONE
  }

  private final Limits limits;
  private final boolean chunked;
  private final CrlfLine chunkLine;
  private final CrlfLine trailerLine;
  private final List<Headers.Field> trailers = new ArrayList<>();
  private State state;
  private long left;
  private long total;
  private int trailerLines;
  private int trailerBytes;
  private @Nullable Refused refused;

  /** A decoder for one body. */
  public BodyDecoder(Framing framing, Limits limits) {
    this.limits = limits;
    this.chunkLine = new CrlfLine(limits.chunkLine());
    this.trailerLine = new CrlfLine(limits.head());
    this.chunked = framing instanceof Framing.Chunked;
    this.left = framing instanceof Framing.Length length ? length.bytes() : 0;
    this.state = chunked ? State.SIZE : left == 0 ? State.DONE : State.DATA;
  }

  /**
   * Decodes until the input is used up, the output is full, the body ends or is refused.
   *
   * @param in bytes from the client; its position is moved behind what was understood
   * @param out receives the body
   */
  public void decode(ByteBuffer in, ByteBuffer out) {
    while (in.hasRemaining() && !isDone() && refused == null) {
      if (state == State.DATA) {
        if (!out.hasRemaining()) {
          return;
        }
        copy(in, out);
      } else {
        lineByte(in.get());
      }
    }
  }

  private void copy(ByteBuffer in, ByteBuffer out) {
    int count = (int) Math.min(left, Math.min(in.remaining(), out.remaining()));
    out.put(out.position(), in, in.position(), count);
    out.position(out.position() + count);
    in.position(in.position() + count);
    left -= count;
    if (left == 0) {
      state = chunked ? State.AFTER_DATA : State.DONE;
    }
  }

  private void lineByte(byte b) {
    // A trailer section is measured as the head is: every byte counts, its line ends included.
    if (state == State.TRAILER && ++trailerBytes > limits.head()) {
      refuse(431, "The trailer section is larger than " + limits.head() + " bytes.");
      return;
    }
    CrlfLine line = state == State.TRAILER ? trailerLine : chunkLine;
    switch (line.add(b)) {
      case MORE -> {}
      case TOO_LONG -> refuse(400, "A line between chunks is too long.");
      case ILLEGAL -> refuse(400, "A control byte or a lone line end between chunks.");
      case WHOLE -> {
        String text = line.take();
        switch (state) {
          case SIZE -> size(text);
          case AFTER_DATA -> afterData(text);
          case TRAILER -> trailer(text);
          case DATA, DONE -> throw new IllegalStateException("no line is read in " + state);
        }
      }
    }
  }

  private void size(String text) {
    long size = ChunkSize.parse(text);
    if (size < 0) {
      refuse(400, "A chunk size is not one plain hexadecimal number.");
      return;
    }
    total += size;
    if (total > limits.body() || total < 0) {
      refuse(413, "The body is larger than " + limits.body() + " bytes.");
      return;
    }
    left = size;
    state = size == 0 ? State.TRAILER : State.DATA;
  }

  private void afterData(String text) {
    if (text.isEmpty()) {
      state = State.SIZE;
    } else {
      refuse(400, "A chunk is longer than its size says.");
    }
  }

  private void trailer(String text) {
    if (text.isEmpty()) {
      state = State.DONE;
      return;
    }
    if (++trailerLines > limits.fields()) {
      refuse(431, "More than " + limits.fields() + " trailer fields.");
      return;
    }
    Headers.Field field = TrailerField.parse(text);
    if (field == null) {
      refuse(400, "A trailer field is malformed, or would frame or route the request anew.");
    } else if (TrailerField.isShown(field)) {
      trailers.add(field);
    }
  }

  private void refuse(int status, String reason) {
    refused = new Refused(status, reason);
  }

  /** Whether the whole body has been decoded. */
  public boolean isDone() {
    return state == State.DONE;
  }

  /** Why this is no legal body, or null when nothing is wrong with it so far. */
  public @Nullable Refused refused() {
    return refused;
  }

  /** The trailer fields read so far, without those that mean nothing there. */
  public Headers trailers() {
    return Headers.of(trailers);
  }
}
