package spyglass.worker;

import java.io.IOException;
import java.nio.ByteBuffer;
import spyglass.http.EarlyHints;
import spyglass.http.Head;
import spyglass.http.Headers;
import spyglass.http.Reply;

/** Sends an app's early hints while it still makes its answer. */
final class Hints implements EarlyHints {

  private final Wire wire;
  private final boolean understood;
  private final Thread caller = Thread.currentThread();
  // Volatile because whoever is late is likely to be another thread.
  private volatile boolean over;
  private boolean broken;

  Hints(Head head, Wire wire) {
    this.wire = wire;
    // HTTP/1.0 knows no answer before the answer (RFC 9110 section 15.2).
    this.understood = head.is11();
  }

  @Override
  public void send(Headers fields) throws IOException {
    if (over || !Thread.currentThread().equals(caller)) {
      // By now the connection may be in the middle of an answer, or of another request.
      throw new IllegalStateException(
          "early hints are given on the app's thread, and before it returns its answer");
    }
    ByteBuffer hints = ByteBuffer.wrap(Reply.hints(fields));
    if (understood) {
      broken = true;
      wire.write(hints);
      broken = false;
    }
  }

  /** The app has returned. */
  void end() {
    over = true;
  }

  /** Whether a 103 may have been sent in part: then no answer can follow it. */
  boolean broken() {
    return broken;
  }
}
