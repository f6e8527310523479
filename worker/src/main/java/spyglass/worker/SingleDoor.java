package spyglass.worker;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.Executor;

/**
 * {@code --accept spawn}: somebody else has accepted, and this process was started for one connection.
 * When that is over, so is the process.
 *
 * @param only empty when the client left before we could look at it
 */
record SingleDoor(Optional<SocketChannel> only) implements Door {

  @Override
  public void open(Selector selector, Executor loop, Taker taker) throws IOException {
    if (only.isPresent()) {
      taker.take(only.get());
    }
  }

  @Override
  public void want(boolean more) {}

  @Override
  public void ready() {}

  @Override
  public void tick() {}

  @Override
  public boolean isCrowded() {
    return false;
  }

  @Override
  public void closed(SocketChannel channel) {}

  @Override
  public void shut() {}

  @Override
  public boolean isShut() {
    return true;
  }
}
