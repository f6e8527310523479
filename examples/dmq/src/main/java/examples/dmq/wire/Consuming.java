package examples.dmq.wire;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Name;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import spyglass.protocol.Link;

/**
 * What one connection consumes, if anything. Its requests come one after another; {@link #close} comes
 * whenever the connection ends, perhaps while the last of them is executed.
 */
final class Consuming {

  private static final int MOST_BATCH = 48 << 10;

  private final Node node;
  private final Link link;
  private volatile @Nullable Batches consumer;
  private volatile @Nullable Name consumed;
  private boolean gone;

  Consuming(Node node, Link link) {
    this.node = node;
    this.link = link;
  }

  /** Begins to wait for records. */
  Channel begin(Name name, int most) throws IOException, RefusedException {
    if (consumer != null) {
      throw new RefusedException(Status.BAD, "this connection consumes already: stop that first");
    }
    Batches batches = new Batches(link, node.stats(), Math.clamp(most, 1, MOST_BATCH));
    Channel channel = join(batches, name);
    consumed = name;
    consumer = batches;
    if (isGone()) {
      stop();
    }
    return channel;
  }

  private Channel join(Batches batches, Name name) throws IOException, RefusedException {
    return node.channels()
        .use(
            name.channel(),
            channel -> {
              node.deliveries().checkFree(name);
              if (!isGone()) {
                channel.line(name.taker()).join(batches);
              }
              return channel;
            });
  }

  /** Wants another batch; null when nothing is consumed. */
  @Nullable Channel goOn() throws IOException, RefusedException {
    Batches batches = consumer;
    Name name = consumed;
    return batches == null || name == null ? null : join(batches, name);
  }

  /** Wants no more. */
  void stop() {
    Batches batches = consumer;
    Name name = consumed;
    consumer = null;
    if (batches != null && name != null) {
      node.channels().leave(name, batches);
    }
  }

  private synchronized boolean isGone() {
    return gone;
  }

  /** The connection is closed. */
  void close() {
    synchronized (this) {
      gone = true;
    }
    stop();
  }
}
