package examples.pubsub;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import spyglass.protocol.Link;

/** One connection's subscriptions, and what it has lost. Safe for threads. */
final class Subscriber {

  private final Link link;
  private final Topics topics;
  private final int most;
  private final Set<String> mine = new HashSet<>();
  private boolean gone;
  private long lost;

  Subscriber(Link link, Topics topics, int most) {
    this.link = link;
    this.topics = topics;
    this.most = most;
  }

  /**
   * Subscribes, unless there are too many topics already.
   *
   * @return whether it is subscribed now
   */
  synchronized boolean join(String topic) {
    if (!mine.contains(topic) && mine.size() == most) {
      return false;
    }
    // The connection may be closed while its last message is executed. What that one adds, nobody
    // would ever remove.
    if (!gone && mine.add(topic)) {
      topics.add(topic, this);
    }
    return true;
  }

  /** Ends a subscription; false when there was none. */
  synchronized boolean leave(String topic) {
    boolean was = mine.remove(topic);
    if (was) {
      topics.remove(topic, this);
    }
    return was;
  }

  /** The connection is closed: its subscriptions go, and no new ones come. */
  synchronized void leaveAll() {
    gone = true;
    mine.forEach(topic -> topics.remove(topic, this));
    mine.clear();
  }

  /**
   * Sends a message if the outbox has room for it, or else counts it as lost.
   *
   * @return whether it will be sent
   */
  synchronized boolean hand(byte[] message) {
    if (lost > 0 && link.offer(line("LOST " + lost))) {
      lost = 0;
    }
    // While a loss could not be told, nothing that came after it may be sent.
    if (lost == 0 && link.offer(message)) {
      return true;
    }
    lost++;
    return false;
  }

  private static byte[] line(String text) {
    return (text + "\n").getBytes(StandardCharsets.ISO_8859_1);
  }
}
