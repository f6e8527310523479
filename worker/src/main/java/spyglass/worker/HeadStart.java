package spyglass.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import spyglass.http.HttpParser;
import spyglass.http.Limits;

/**
 * A head start for the first answer. The parser takes longer to get ready than anything else of ours, a
 * few tables that its classes make for themselves; that can be done while the app is loaded and the
 * socket is taken. Nothing else comes of it: the JVM initialises a class once, and whoever needs it
 * meanwhile waits for that (JLS section 12.4.2).
 *
 * @param limits those of the worker; what is parsed here is far from them
 */
record HeadStart(Limits limits) implements Runnable {

  private static final byte[] HEAD =
      "GET / HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Has a thread of its own do that. */
  static void begin(Limits limits) {
    Thread.ofPlatform().daemon().name("head-start").start(new HeadStart(limits));
  }

  @Override
  public void run() {
    new HttpParser(limits).parse(ByteBuffer.wrap(HEAD));
  }
}
