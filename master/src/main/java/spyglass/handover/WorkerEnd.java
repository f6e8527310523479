package spyglass.handover;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.unix.DescriptorLost;
import spyglass.unix.Kernel;
import spyglass.worker.Handover;

/** Where passed connections arrive. */
public final class WorkerEnd implements Handover {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final int STANDARD_INPUT = 0;

  /** After a connection was lost for want of a descriptor, the next is asked for so much later. */
  private static final long REST_MILLIS = 1000;

  private final Kernel kernel = new Kernel();
  private final Channels channels = new Channels();
  private final Map<SocketChannel, Long> unbegun = new ConcurrentHashMap<>();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong begun = new AtomicLong();
  private volatile int socket = -1;

  /** For the service loader. Loads the native library. */
  public WorkerEnd() {}

  @Override
  public void takeOver() throws IOException {
    takeOver(kernel.duplicate(STANDARD_INPUT));
    // What the JDK makes of a closed 0 is /dev/null.
    new FileInputStream(FileDescriptor.in).close();
  }

  /** For tests, whose end is not descriptor 0. */
  void takeOver(int end) {
    socket = end;
  }

  @Override
  public void ask(int count) throws IOException {
    say(Note.ASK, count);
  }

  @Override
  public Optional<SocketChannel> receive() throws IOException {
    while (true) {
      try {
        OptionalInt descriptor = kernel.receiveDescriptor(socket);
        if (descriptor.isEmpty()) {
          return Optional.empty();
        }
        received.incrementAndGet();
        Optional<SocketChannel> connection = open(descriptor.getAsInt());
        if (connection.isPresent()) {
          return connection;
        }
      } catch (DescriptorLost e) {
        received.incrementAndGet();
        LOG.warn("{}: another worker will get this one", e.getMessage());
        say(Note.LOST, received.get());
        rest();
        ask(1);
      }
    }
  }

  /** The one place where a descriptor becomes a channel. Empty if its client has left meanwhile. */
  private Optional<SocketChannel> open(int descriptor) throws IOException {
    try {
      SocketChannel connection = channels.channel(descriptor);
      unbegun.put(connection, received.get());
      return Optional.of(connection);
    } catch (IOException e) {
      LOG.debug("{}", e.getMessage());
      kernel.close(descriptor);
      sayBegun(received.get());
      ask(1);
      return Optional.empty();
    }
  }

  private static void rest() {
    try {
      Thread.sleep(REST_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  @Override
  public void begun(SocketChannel connection) throws IOException {
    Long nth = unbegun.remove(connection);
    if (nth != null) {
      sayBegun(nth);
    }
  }

  private void sayBegun(long nth) throws IOException {
    say(Note.BEGUN, nth);
    begun.incrementAndGet();
  }

  @Override
  public void enough() throws IOException {
    say(Note.ENOUGH, 0);
  }

  @Override
  public long received() {
    return received.get();
  }

  @Override
  public long toldBegun() {
    return begun.get();
  }

  private void say(byte kind, long number) throws IOException {
    kernel.write(socket, new Note(kind, number).bytes());
  }
}
