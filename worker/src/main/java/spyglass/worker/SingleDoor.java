package spyglass.worker;

import java.io.IOException;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * {@code --accept spawn}: somebody else has accepted, and this process was started for one connection.
 * When that is over, so is the process.
 */
final class SingleDoor implements Door {

  private final SocketChannel only;

  SingleDoor(SocketChannel only) {
    this.only = only;
  }

  @Override
  public void open(Selector selector, Taker taker) throws IOException {
    taker.take(only);
  }

  @Override
  public void want(boolean more) {}

  @Override
  public void ready() {}

  @Override
  public void tick() {}

  @Override
  public boolean isShut() {
    return true;
  }
}
