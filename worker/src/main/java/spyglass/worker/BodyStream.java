package spyglass.worker;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import spyglass.http.BodyDecoder;
import spyglass.http.Framing;
import spyglass.http.Head;
import spyglass.http.Headers;
import spyglass.http.Refused;
import spyglass.http.Reply;
import spyglass.http.RequestBody;

/** A request's body, read from the wire when the app asks for it and not before. */
final class BodyStream extends RequestBody {

  private final BodyDecoder decoder;
  private final Framing framing;
  private final Wire wire;
  private final Inbox inbox;
  private final int mostSkipped;
  private final boolean complete;
  private boolean clientWaits;
  private @Nullable Refused failure;

  /**
   * A body that nobody has read of.
   *
   * @param complete whether all of it is in the inbox, and legal
   */
  BodyStream(Head head, Settings settings, Wire wire, Inbox inbox, boolean complete) {
    this.framing = head.framing();
    this.decoder = new BodyDecoder(framing, settings.limits());
    this.mostSkipped = settings.bounds().skipped();
    this.wire = wire;
    this.inbox = inbox;
    this.clientWaits = head.expectsContinue();
    this.complete = complete;
  }

  @Override
  public Headers trailers() {
    return decoder.isDone() ? decoder.trailers() : Headers.NONE;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    ByteBuffer out = ByteBuffer.wrap(into, offset, length);
    while (true) {
      if (failure != null) {
        throw new IOException(failure.reason());
      }
      decoder.decode(inbox.bytes(), out);
      if (out.position() > offset) {
        return out.position() - offset;
      }
      if (decoder.isDone()) {
        return -1;
      }
      failure = decoder.refused();
      if (failure == null) {
        more();
      }
    }
  }

  private void more() throws IOException {
    if (clientWaits) {
      // The client holds its body back until somebody wants it (RFC 9110 section 10.1.1), and now
      // somebody does.
      clientWaits = false;
      wire.write(ByteBuffer.wrap(Reply.goOn()));
    }
    try {
      if (!wire.read(inbox)) {
        failure = new Refused(400, "The body ended early.");
      }
    } catch (Inbox.NoRoomException e) {
      failure = Inbox.NO_ROOM;
    } catch (InterruptedIOException e) {
      failure = new Refused(408, "The body took too long to arrive.");
    } catch (IOException e) {
      failure = new Refused(400, "The body ended early.");
    }
  }

  /** Whether this body can never be read to its end. */
  boolean failed() {
    return failure != null;
  }

  /** What to tell the client about that. */
  Refused refusal() {
    return Objects.requireNonNull(failure);
  }

  /** Whether there is a chance that {@link #skipRest} will succeed. */
  boolean canSkipRest() {
    boolean small =
        framing instanceof Framing.Length(long bytes)
            ? bytes <= mostSkipped
            : framing instanceof Framing.Chunked && complete;
    return decoder.isDone() || (small && !clientWaits);
  }

  /** Whether it was read to its end. */
  boolean isOver() {
    return decoder.isDone();
  }

  /**
   * Reads what the app did not, so that the next request can be found behind it.
   *
   * @return false when that would take too long, or when it is no legal body
   */
  boolean skipRest() {
    byte[] bin = new byte[decoder.isDone() ? 0 : 8 << 10];
    int skipped = 0;
    try {
      while (!decoder.isDone() && skipped < mostSkipped) {
        skipped += Math.max(0, read(bin, 0, bin.length));
      }
    } catch (IOException e) {
      return false;
    }
    return decoder.isDone();
  }
}
