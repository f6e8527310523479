package spyglass.http;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers heads that were found legal. Most clients send the same head again and again, byte for byte,
 * and the same bytes get the same verdict: so nobody need reach it twice.
 *
 * <p>It remembers so many heads of so many bytes and no more; a new one takes the place of an old one.
 * For the parsers of one set of {@link Limits}, on any threads at once: who comes too early for
 * another's head parses it himself.
 */
public final class HeadMemo {

  /** How many heads: a power of two. */
  private static final int PLACES = 64;

  /** Most heads of browsers are smaller. */
  private static final int MOST_BYTES = 1 << 10;

  @SuppressWarnings("ArrayRecordComponent") // nobody else sees it
  private record Known(byte[] bytes, Head head) {}

  private final @Nullable Known[] places = new Known[PLACES];

  /** Nothing is known yet. */
  public HeadMemo() {}

  /** The head that these bytes were found to be, or null. */
  @Nullable Head find(byte[] bytes) {
    if (bytes.length > MOST_BYTES) {
      return null;
    }
    Known known = places[place(bytes)];
    return known != null && Arrays.equals(known.bytes, bytes) ? known.head : null;
  }

  /** These bytes were found to be this head. */
  void keep(byte[] bytes, Head head) {
    if (bytes.length <= MOST_BYTES) {
      places[place(bytes)] = new Known(bytes, head);
    }
  }

  private static int place(byte[] bytes) {
    int hash = Arrays.hashCode(bytes);
    return (hash ^ (hash >>> 16)) & (PLACES - 1);
  }
}
