package spyglass.worker;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code --accept pass}: the master accepts, and passes connections to workers that have asked. This
 * one asks for as many as it has threads, and for another when one is closed.
 */
final class PassDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private final Handover handover;
  private final int room;
  private final Set<SocketChannel> inside = ConcurrentHashMap.newKeySet();
  private @Nullable Passing passing;

  PassDoor(Handover handover, int room) {
    this.handover = handover;
    this.room = room;
  }

  @Override
  public void open(Selector selector, Executor loop, Taker taker) {
    passing =
        new Passing(
            handover, room, channel -> loop.execute(() -> take(channel, taker)), selector::wakeup);
    passing.start();
  }

  private void take(SocketChannel channel, Taker taker) {
    inside.add(channel);
    try {
      taker.take(channel);
    } catch (IOException e) {
      LOG.trace("a client left: {}", e.getMessage());
      closed(channel);
    }
  }

  private Passing passing() {
    return Objects.requireNonNull(passing);
  }

  /** What is wanted was asked for when there was room for it. */
  @Override
  public void want(boolean more) {}

  @Override
  public void ready() {}

  @Override
  public void tick() {}

  @Override
  public boolean isCrowded() {
    return inside.size() >= room;
  }

  @Override
  public void closed(SocketChannel channel) {
    if (inside.remove(channel)) {
      passing().closed();
    }
  }

  @Override
  public void shut() {
    passing().drain();
  }

  @Override
  public boolean isShut() {
    return passing().isOver();
  }
}
