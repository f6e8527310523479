package spyglass.worker;

import java.nio.ByteBuffer;
import java.time.Duration;
import spyglass.http.BodyDecoder;
import spyglass.http.Framing;
import spyglass.http.Head;
import spyglass.http.Limits;
import spyglass.http.Reply;

/**
 * A request whose head is there and whose body is still on its way. It waits in the loop, where
 * waiting costs a little memory, and not on an app thread, of which there are few: a thousand clients
 * who send their bodies byte by byte would otherwise hold them all. As soon as the body is whole, the
 * app is called. One that is large, or that waits for an answer before it goes on, is passed to the app
 * unfinished; but such may hold only a part of the threads ({@link Server#tryTakeSlow}).
 */
final class Gathering {

  /** As much of a body as is kept for an app that has not been called yet. */
  static final int MOST = 64 << 10;

  /** A client that has sent nothing for so long may be waiting for us. */
  static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

  private final Head head;
  private final BodyDecoder scout;
  private final ByteBuffer bin = ByteBuffer.allocate(4096);
  private final long since = System.nanoTime();
  private int seen;
  private boolean asked;

  Gathering(Head head, Limits limits) {
    this.head = head;
    this.scout = new BodyDecoder(head.framing(), limits);
  }

  Head head() {
    return head;
  }

  /**
   * Whether the app would not have to wait for any of the body, be it because all of it is there or
   * because what is there is no legal body.
   *
   * @param bytes what has come since the head; not moved
   */
  boolean isWhole(ByteBuffer bytes) {
    ByteBuffer fresh = bytes.duplicate();
    fresh.position(bytes.position() + seen);
    while (fresh.hasRemaining() && !scout.isDone() && scout.refused() == null) {
      scout.decode(fresh, bin.clear());
    }
    seen = fresh.position() - bytes.position();
    return scout.isDone() || scout.refused() != null;
  }

  /**
   * Whether all of a legal body is there, as far as was looked. Of chunks nobody can tell before how
   * long they will be, nor whether they are legal, and "the connection stays" must not be said before
   * that is known.
   */
  boolean isComplete() {
    return scout.isDone();
  }

  /** Whether the app should get it unfinished. */
  boolean isRipe(ByteBuffer bytes, long now) {
    return head.expectsContinue() || bytes.remaining() >= MOST || now - since > QUIET_NANOS;
  }

  /** Whether the client has been slower than anybody has to be. */
  boolean isTooSlow(ByteBuffer bytes, Settings settings, long now) {
    long nanos = now - since;
    long seconds = Duration.ofNanos(nanos).toSeconds();
    return nanos > settings.clocks().stall().toNanos()
        && bytes.remaining() < Math.min(MOST, settings.bounds().leastRate() * seconds);
  }

  /**
   * It has to stay here. A client that would not send before somebody wants it to is asked to: in the
   * loop its body costs a buffer, and while the client waits for a thread to ask, it only waits. It
   * may be asked again when there is one, which clients are used to (RFC 9110 section 15.2).
   */
  void waitOn(ByteBuffer bytes, Wire wire) {
    if (head.expectsContinue() && !asked) {
      asked = true;
      wire.offer(ByteBuffer.wrap(Reply.goOn()));
    }
    wire.lease().watch(bytes.remaining() < MOST);
  }

  /** Whether there is nothing to gather. */
  static boolean isNeedless(Head head) {
    // Not equals: a record's is made at run time when it is first used, while a visitor waits.
    return head.framing() instanceof Framing.Length(long bytes) && bytes == 0;
  }
}
