package spyglass.master;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening socket and the connections from it, where the master accepts: {@code --accept pass} and
 * {@code spawn}. Carries out what {@link Offers} or {@link SpawnCrew} have decided. For the master's
 * one thread, but for what the threads of its own tell it.
 */
final class Gate {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private final Descriptors descriptors;
  private final Consumer<Event> tell;
  private final Acceptor acceptor;
  private final AtomicLong accepted = new AtomicLong();
  private final Map<Long, SocketChannel> connections = new ConcurrentHashMap<>();
  private final Map<Long, Descriptors.Link> links = new HashMap<>();

  Gate(Descriptors descriptors, Consumer<Event> tell) throws IOException {
    this.descriptors = descriptors;
    this.tell = tell;
    // Never to be closed: the JDK would point 0, 1 and 2 at /dev/null.
    if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
      throw new IOException("descriptor 0 is not a listening socket: start this with spyglass");
    }
    acceptor = new Acceptor(listener, this::accepted);
  }

  private void accepted(Optional<SocketChannel> connection) {
    if (connection.isEmpty()) {
      tell.accept(new Event.NotAccepted());
      return;
    }
    long number = accepted.incrementAndGet();
    connections.put(number, connection.get());
    tell.accept(new Event.Accepted(number));
  }

  /** Starts a worker that will ask for connections over a link. */
  Child startLinked(List<String> command, String why) throws IOException {
    Descriptors.Link link = descriptors.lendLink();
    try {
      Child child = startWithLent(command, why);
      links.put(child.pid(), link);
      Thread.ofPlatform().daemon().name("link-" + child.pid()).start(() -> hear(child.pid(), link));
      return child;
    } catch (IOException e) {
      link.close();
      throw e;
    }
  }

  /** Starts a process whose descriptor 0 is a connection; it is closed here, whatever happens. */
  Child startFor(long number, List<String> command, String why) throws IOException {
    try (SocketChannel connection = take(number)) {
      // When ours is closed, the child's is open: close(2) takes a name away. It must not be
      // shutdown(2), which would end the connection for all who have one.
      descriptors.lend(connection);
      return startWithLent(command, why);
    }
  }

  private Child startWithLent(List<String> command, String why) throws IOException {
    try {
      return Child.start(command, why, tell);
    } finally {
      descriptors.takeBack();
    }
  }

  private void hear(long pid, Descriptors.Link link) {
    try {
      Optional<Descriptors.Said> said = link.hear();
      while (said.isPresent()) {
        tell.accept(new Event.Heard(pid, said.get()));
        said = link.hear();
      }
    } catch (IOException e) {
      LOG.debug("link to {}: {}", pid, e.getMessage());
    }
    tell.accept(new Event.LinkEnded(pid));
  }

  void carryOut(Order.AtGate order) {
    try {
      switch (order) {
        case Order.Accept() -> acceptor.accept();
        case Order.Withdraw() -> acceptor.withdraw();
        case Order.Pass(long pid, long number) -> pass(pid, number);
        case Order.Close(long number) -> take(number).close();
        case Order.End(long pid) -> link(pid).end();
      }
    } catch (IOException e) {
      // It was closed all the same, or the worker is dead, of which we shall hear.
      LOG.debug("{}: {}", order, e.getMessage());
    }
  }

  private void pass(long pid, long number) {
    try {
      link(pid).pass(connection(number), number);
    } catch (IOException e) {
      LOG.debug("cannot pass a connection to worker {}: {}", pid, e.getMessage());
      tell.accept(new Event.NotPassed(pid, number));
    }
  }

  /** A worker has said its last word, and nobody uses its link any more. */
  void linkEnded(long pid) {
    try {
      Objects.requireNonNull(links.remove(pid)).close();
    } catch (IOException e) {
      LOG.debug("closing a link: {}", e.getMessage());
    }
  }

  /** Nothing will be accepted any more. */
  void end() {
    acceptor.end();
  }

  private SocketChannel take(long number) {
    SocketChannel connection = connection(number);
    connections.remove(number);
    return connection;
  }

  private SocketChannel connection(long number) {
    return Objects.requireNonNull(connections.get(number), "no such connection");
  }

  private Descriptors.Link link(long pid) throws IOException {
    Descriptors.Link link = links.get(pid);
    if (link == null) {
      throw new IOException("its link has ended");
    }
    return link;
  }
}
