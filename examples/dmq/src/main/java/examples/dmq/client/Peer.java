package examples.dmq.client;

import examples.dmq.wire.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;

/**
 * One node as a client sees it: up, or down until it is worth another attempt. Any thread; requests to one
 * node are made one after another.
 */
final class Peer {

  /** An open connection keeps a node awake, so one that is not used is not kept for long. */
  private static final long IDLE_NANOS = Duration.ofSeconds(1).toNanos();

  /** One that was silent for so long may have been closed. */
  private static final long DOUBT_NANOS = Duration.ofMillis(200).toNanos();

  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final Duration SHORTEST = Duration.ofMillis(100);

  private final InetSocketAddress address;
  private Optional<Wire> wire = Optional.empty();
  private long used;
  private volatile Duration pause = Duration.ZERO;
  private volatile long downSince;

  Peer(InetSocketAddress address) {
    this.address = address;
  }

  InetSocketAddress address() {
    return address;
  }

  /** Whether the last attempt to reach it went well. */
  boolean isUp() {
    return pause.isZero();
  }

  /** Whether it is worth an attempt now. */
  boolean isWorthIt() {
    return isUp() || System.nanoTime() - downSince > pause.toNanos();
  }

  /** How long to wait before the next attempt. */
  Duration pause() {
    return pause;
  }

  void up() {
    pause = Duration.ZERO;
  }

  void down() {
    Duration longer = pause.multipliedBy(2).plus(SHORTEST);
    downSince = System.nanoTime();
    pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
  }

  /** Asks and waits for the answer. When that fails, the node may have done it or not. */
  synchronized Answer ask(Code code, String name, byte[] rest) throws IOException {
    try {
      Wire open = open();
      open.send(code, name, rest);
      Answer answer = open.receive();
      used = System.nanoTime();
      up();
      return answer;
    } catch (IOException e) {
      close();
      down();
      throw e;
    }
  }

  private Wire open() throws IOException {
    if (wire.isPresent() && System.nanoTime() - used > DOUBT_NANOS && wire.get().isStale()) {
      close();
    }
    if (wire.isEmpty()) {
      wire = Optional.of(new Wire(address));
    }
    return wire.get();
  }

  /** Lets go of a connection that nobody uses. */
  synchronized void tidy() {
    if (System.nanoTime() - used > IDLE_NANOS) {
      close();
    }
  }

  synchronized void close() {
    wire.ifPresent(Wire::close);
    wire = Optional.empty();
  }
}
