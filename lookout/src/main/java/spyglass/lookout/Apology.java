package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.control.Door;
import spyglass.control.Loop;
import spyglass.control.Talk;

/**
 * What the lookout says when nobody else can: the app did not start, so those who wait get a 503 and
 * are told when to come again. In a protocol other than HTTP the lookout has no words for that, and
 * they see their connection closed. This is the only place where the lookout accepts a visitor. For a
 * while it answers so at once, instead of starting what has just failed for each of them; then it
 * watches again, and the next visitor is the next attempt.
 */
final class Apology implements Door.Host {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  private static final long LONGEST_SECONDS = 30;

  /** Who has been answered and has not left yet; the next ones wait for that, two seconds at most. */
  private static final int MOST_LINGERING = 256;

  private final Loop loop;
  private final Door door;
  private final boolean http;
  private long seconds = 1;
  private long until;
  private long lastVisit;

  /**
   * Says nothing yet.
   *
   * @param http whether that is what is spoken over the connections
   */
  Apology(Loop loop, ServerSocketChannel listener, boolean http) throws IOException {
    this.loop = loop;
    this.http = http;
    this.door = new Door(loop, listener, MOST_LINGERING, this);
  }

  /** A wake went well: the next failure is a first one again. */
  void forget() {
    seconds = 1;
  }

  /**
   * Begins to answer 503, for a while that is twice as long each time, up to half a minute.
   *
   * @param why for the log
   * @return until when, by the loop's time
   */
  long begin(String why) {
    LOG.error(
        "{}: {} to whoever comes within {} s, then another try",
        why,
        http ? "503" : "a closed connection",
        seconds);
    until = loop.now() + TimeUnit.SECONDS.toMillis(seconds);
    seconds = Math.min(seconds * 2, LONGEST_SECONDS);
    lastVisit = loop.now();
    door.open();
    return until;
  }

  /** Accepts nobody any more. Those who were answered have their two seconds to read it. */
  void end() {
    door.shut();
  }

  /** When somebody was last told, or the telling began. */
  long lastVisit() {
    return lastVisit;
  }

  @Override
  public void admit(Talk visitor) {
    lastVisit = loop.now();
    if (http) {
      visitor.leave(answer());
    } else {
      visitor.leave();
    }
  }

  private String answer() {
    long retry = TimeUnit.MILLISECONDS.toSeconds(Math.max(0, until - loop.now())) + 1;
    String text = "The app did not start; the server's log says why.\n";
    return "HTTP/1.1 503 Service Unavailable\r\n"
        + "Content-Type: text/plain; charset=utf-8\r\n"
        + ("Content-Length: " + text.length() + "\r\n")
        + ("Retry-After: " + retry + "\r\n")
        + "Connection: close\r\n\r\n"
        + text;
  }
}
