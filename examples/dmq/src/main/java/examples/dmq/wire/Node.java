package examples.dmq.wire;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Channels;
import examples.dmq.channel.Name;
import examples.dmq.channel.RefusedException;
import examples.dmq.deliver.Deliveries;
import examples.dmq.stats.LogFile;
import examples.dmq.stats.Stats;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all connections share.
 *
 * @param failures hears of requests that were refused
 * @param bodies how many bytes of HTTP bodies may yet come at the same time
 */
public record Node(
    Channels channels, Deliveries deliveries, Stats stats, LogFile failures, AtomicLong bodies) {

  private static final int MOST_BODIES = 32 << 20;

  /** A node that has no connections yet. */
  public Node(Channels channels, Deliveries deliveries, Stats stats, LogFile failures) {
    this(channels, deliveries, stats, failures, new AtomicLong(MOST_BODIES));
  }

  /** A request was refused. */
  public void failed(String who, String what, RefusedException why) {
    stats.failed();
    failures.line(who + " " + what + ": " + why.status() + ", " + why.reason());
  }

  /** What was pushed to a channel, or may be had there, finds who waits for it. Without its lock. */
  public void moved(Channel channel) throws IOException {
    synchronized (channel) {
      channel.serve();
    }
    deliveries.look(channel);
  }

  /** Removes a channel or a subscriber. */
  public void remove(Name name) throws IOException {
    channels.remove(name, () -> deliveries.removed(name));
  }
}
