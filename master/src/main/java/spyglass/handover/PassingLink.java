package spyglass.handover;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import spyglass.master.Descriptors;
import spyglass.unix.Descriptor;
import spyglass.unix.Kernel;

/** The master's end of one pair. One thread passes, another hears. */
final class PassingLink implements Descriptors.Link {

  private final Kernel kernel;
  private final int socket;

  /** How the worker counts what came, and what its number is here. */
  private final Map<Long, Long> numbers = new ConcurrentHashMap<>();

  private long passed;

  PassingLink(Kernel kernel, int socket) {
    this.kernel = kernel;
    this.socket = socket;
  }

  @Override
  public void pass(SocketChannel connection, long number) throws IOException {
    long nth = passed + 1;
    // Before it is sent: the answer may be quicker than we are.
    numbers.put(nth, number);
    try {
      kernel.sendDescriptor(socket, Descriptor.of(connection));
      passed = nth;
    } catch (IOException e) {
      numbers.remove(nth);
      throw e;
    }
  }

  @Override
  public void end() throws IOException {
    kernel.sendNothing(socket);
  }

  @Override
  public Optional<Descriptors.Said> hear() throws IOException {
    byte[] bytes = new byte[Note.LENGTH];
    while (kernel.read(socket, bytes) == bytes.length) {
      Optional<Descriptors.Said> said = understand(Note.of(bytes));
      if (said.isPresent()) {
        return said;
      }
    }
    return Optional.empty();
  }

  private Optional<Descriptors.Said> understand(Note note) {
    return switch (note.kind()) {
      case Note.ASK -> Optional.of(new Descriptors.Said.Asked(Math.toIntExact(note.number())));
      case Note.ENOUGH -> Optional.of(new Descriptors.Said.Enough());
      case Note.BEGUN -> number(note).map(Descriptors.Said.Begun::new);
      case Note.LOST -> number(note).map(Descriptors.Said.Lost::new);
      default -> Optional.empty();
    };
  }

  private Optional<Long> number(Note note) {
    return Optional.ofNullable(numbers.remove(note.number()));
  }

  @Override
  public void close() throws IOException {
    kernel.close(socket);
  }
}
