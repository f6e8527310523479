package examples.dmq.client;

import examples.dmq.channel.Status;
import examples.dmq.wire.Code;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Records of one queue from all nodes, as they come. Each node has a thread, and they call the handler one
 * at a time. A node that goes away is asked again until it is back.
 */
public final class Consumption implements AutoCloseable {

  private static final int BATCH = 32 << 10;

  private final String queue;
  private final Consumer<byte[]> handler;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Wire> wires = new ArrayList<>();
  private volatile Optional<Throwable> failure = Optional.empty();
  private boolean stopped;

  Consumption(String queue, List<Peer> peers, Consumer<byte[]> handler) {
    this.queue = queue;
    this.handler = handler;
    for (Peer peer : peers) {
      threads.add(Thread.ofVirtual().name("dmq-" + peer.address()).start(() -> run(peer)));
    }
  }

  /** Why it has ended by itself: what the handler threw, or what a node has refused. */
  public Optional<Throwable> failure() {
    return failure;
  }

  private void run(Peer peer) {
    while (!isStopped()) {
      try (Wire wire = new Wire(peer.address())) {
        if (begin(wire)) {
          consume(wire, peer);
        }
      } catch (IOException e) {
        peer.down();
        rest(peer.pause().toMillis());
      } catch (RuntimeException e) {
        fail(e);
      }
    }
  }

  private boolean begin(Wire wire) throws IOException {
    synchronized (this) {
      if (stopped) {
        return false;
      }
      wires.add(wire);
    }
    wire.send(Code.CONSUME, queue, ByteBuffer.allocate(Integer.BYTES).putInt(BATCH).array());
    return true;
  }

  private void consume(Wire wire, Peer peer) throws IOException {
    try {
      wire.waitForEver();
      int oks = 0;
      // The first OK is for the request, the second for Stop.
      while (oks < 2) {
        Answer answer = wire.receive();
        if (answer.status() == Status.BATCH.code()) {
          handle(ByteBuffer.wrap(answer.body()));
          goOn(wire);
        } else if (answer.status() == Status.OK.code()) {
          oks++;
          peer.up();
        } else if (answer.status() == Status.BUSY.code()) {
          throw new IOException(answer.text());
        } else {
          fail(new IllegalArgumentException(answer.text()));
          return;
        }
      }
    } finally {
      synchronized (this) {
        wires.remove(wire);
      }
    }
  }

  private synchronized void goOn(Wire wire) throws IOException {
    if (!stopped) {
      wire.send(Code.CONTINUE, "", new byte[0]);
    }
  }

  private void handle(ByteBuffer records) {
    synchronized (handler) {
      while (records.hasRemaining()) {
        byte[] record = new byte[records.getInt()];
        records.get(record);
        handler.accept(record);
      }
    }
  }

  private synchronized void rest(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    try {
      for (long left = millis; left > 0 && !stopped; ) {
        wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      stopped = true;
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void fail(Throwable why) {
    failure = Optional.of(why);
    stop();
  }

  private synchronized void stop() {
    if (stopped) {
      return;
    }
    stopped = true;
    notifyAll();
    for (Wire wire : wires) {
      try {
        wire.send(Code.STOP, "", new byte[0]);
      } catch (IOException e) {
        wire.close();
      }
    }
  }

  /** Asks for no more and waits until all that has come is handled. Not from the handler. */
  @Override
  public void close() {
    stop();
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
