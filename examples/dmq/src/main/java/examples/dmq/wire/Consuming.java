package examples.dmq.wire;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Line;
import examples.dmq.channel.Name;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import java.io.IOException;
import java.util.function.Consumer;
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
  private boolean waiting;
  private boolean gone;

  Consuming(Node node, Link link) {
    this.node = node;
    this.link = link;
  }

  /** Is to wait for records, once {@link #start} is called: no batch may overtake the answer to this. */
  Channel begin(Name name, int most) throws IOException, RefusedException {
    if (consumer != null) {
      throw new RefusedException(Status.BAD, "this connection consumes already: stop that first");
    }
    Batches batches = new Batches(link, node.stats(), Math.clamp(most, 1, MOST_BATCH));
    Channel channel = line(name, found -> {});
    consumed = name;
    consumer = batches;
    waiting = true;
    return channel;
  }

  /** Begins to wait, now that the client knows; null when there is nothing to begin. */
  @Nullable Channel start() throws IOException {
    Batches batches = consumer;
    Name name = consumed;
    if (!waiting || batches == null || name == null) {
      return null;
    }
    waiting = false;
    try {
      Channel channel = line(name, found -> found.join(batches));
      if (isGone()) {
        node.channels().leave(name, batches);
      }
      return channel;
    } catch (RefusedException e) {
      throw new IOException("what is consumed was taken away meanwhile: " + e.reason(), e);
    }
  }

  private Channel line(Name name, Consumer<Line> then) throws IOException, RefusedException {
    return node.channels()
        .use(
            name.channel(),
            channel -> {
              node.deliveries().checkFree(name);
              if (!isGone()) {
                then.accept(channel.line(name.taker()));
              }
              return channel;
            });
  }

  /** Wants another batch; null when nothing is consumed. */
  @Nullable Channel goOn() throws IOException, RefusedException {
    Batches batches = consumer;
    Name name = consumed;
    return waiting || batches == null || name == null
        ? null
        : line(name, found -> found.join(batches));
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
