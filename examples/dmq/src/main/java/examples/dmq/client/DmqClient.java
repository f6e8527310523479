package examples.dmq.client;

import examples.dmq.channel.Status;
import examples.dmq.wire.Code;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * Knows the nodes, which do not know each other: pushes to one of them at random and to another when that
 * one cannot, and takes from all of them in turn. Order is kept by each node, and not among them. Any
 * thread.
 */
public final class DmqClient implements AutoCloseable {

  private final List<Peer> peers;
  private final AtomicInteger turn = new AtomicInteger();
  private final Thread tidy = Thread.ofVirtual().name("dmq-tidy").unstarted(this::tidy);

  /** A client of these nodes. It connects when there is something to be said. */
  public DmqClient(List<InetSocketAddress> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a client needs a node");
    }
    peers = nodes.stream().map(Peer::new).toList();
    tidy.start();
  }

  /**
   * Pushes a record to some node. When this returns, that node has it. When a connection breaks before
   * the answer has come, the record is pushed to another node, and may then be there twice.
   *
   * @throws IllegalArgumentException when a node says that such a record or channel cannot be
   * @throws IOException when no node takes it: none is there, or all are full
   */
  public void push(String channel, byte[] record) throws IOException {
    checkName(channel);
    List<Peer> order = new ArrayList<>(peers);
    Collections.shuffle(order);
    if (ask(order, Code.PUSH, channel, record).isEmpty()) {
      throw new IOException("no node has room for a record of " + channel);
    }
  }

  /**
   * Takes a record from the first node that has one; each time another is asked first.
   *
   * @return nothing when no node that is there has one
   * @throws IllegalArgumentException when a node says that there cannot be such a queue
   * @throws IOException when no node is there
   */
  public Optional<byte[]> pop(String queue) throws IOException {
    checkName(queue);
    List<Peer> order = new ArrayList<>(peers);
    Collections.rotate(order, -Math.floorMod(turn.getAndIncrement(), order.size()));
    return ask(order, Code.POP, queue, new byte[0]).map(Answer::body);
  }

  /** A request without a name is another one. */
  private static void checkName(String name) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException("a queue has a name");
    }
  }

  /** Those first that are up or may be up again, and if none of them is, the others. */
  private Optional<Answer> ask(List<Peer> order, Code code, String name, byte[] rest)
      throws IOException {
    IOException failure = new IOException("no node is there");
    boolean answered = false;
    List<Peer> sorted = new ArrayList<>(order.stream().filter(Peer::isWorthIt).toList());
    order.stream().filter(peer -> !sorted.contains(peer)).forEach(sorted::add);
    for (Peer peer : sorted) {
      if (answered && !peer.isWorthIt()) {
        continue;
      }
      try {
        Answer answer = peer.ask(code, name, rest);
        if (answer.status() == Status.OK.code()) {
          return Optional.of(answer);
        }
        check(answer);
        answered = true;
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
    }
    if (!answered) {
      throw failure;
    }
    return Optional.empty();
  }

  /** What another node would say as well is thrown. */
  private static void check(Answer answer) throws IOException {
    int status = answer.status();
    if (status == Status.BUSY.code()) {
      throw new IOException(answer.text());
    }
    if (status == Status.BAD.code()
        || status == Status.TOO_LARGE.code()
        || status == Status.TAKEN.code()) {
      throw new IllegalArgumentException(answer.text());
    }
  }

  /**
   * Has a handler called with every record of a queue on any node. Keeps the nodes awake.
   *
   * @param handler called by one thread at a time; what it throws ends the consumption
   */
  public Consumption consume(String queue, Consumer<byte[]> handler) {
    checkName(queue);
    return new Consumption(queue, peers, handler);
  }

  /** Which nodes were there when they were asked last. */
  public Map<InetSocketAddress, Boolean> nodes() {
    Map<InetSocketAddress, Boolean> all = new LinkedHashMap<>();
    peers.forEach(peer -> all.put(peer.address(), peer.isUp()));
    return all;
  }

  private void tidy() {
    try {
      while (true) {
        Thread.sleep(Duration.ofMillis(500));
        peers.forEach(Peer::tidy);
      }
    } catch (InterruptedException e) {
      // Closed.
    }
  }

  @Override
  public void close() {
    tidy.interrupt();
    peers.forEach(Peer::close);
  }
}
