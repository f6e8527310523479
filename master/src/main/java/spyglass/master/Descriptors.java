package spyglass.master;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * What a master that accepts by itself does with descriptors and the JDK has no word for. It takes native
 * code, which costs a wake some tenths of a second; so it is a service, and a master that only babysits
 * never looks for it.
 *
 * <p>A process that is started gets descriptor 0 of the one that starts it, and there is no other way
 * to hand it anything. So whatever it is to have is lent to descriptor 0 for as long as the start
 * takes. That is safe as long as one thread starts all processes, and nobody here reads from 0.
 */
public interface Descriptors {

  /** The one on the class path. */
  static Descriptors find() {
    return ServiceLoader.load(Descriptors.class)
        .findFirst()
        .orElseThrow(() ->
            new IllegalStateException("no Descriptors on the class path: start with spyglass"));
  }

  /** Makes 0 a name for a connection. */
  void lend(SocketChannel connection) throws IOException;

  /** Connects two sockets and makes 0 a name for one of them, of which only the child will have one. */
  Link lendLink() throws IOException;

  /** Makes 0 a name for the listening socket again. */
  void takeBack() throws IOException;

  /** Our end of a socket to a worker. Its worker's death is its end. */
  interface Link extends AutoCloseable {

    /**
     * Passes a connection; ours stays open. Never waits.
     *
     * @param number what {@link Said} will call it
     * @throws IOException if the worker is dead, or stopped with its socket full
     */
    void pass(SocketChannel connection, long number) throws IOException;

    /** Tells the worker that no more will come. Never waits. */
    void end() throws IOException;

    /** Waits for the worker to say something; empty when it is dead. For one thread. */
    Optional<Said> hear() throws IOException;

    /** When {@link #hear} has told the end, and nobody can pass anything any more. */
    @Override
    void close() throws IOException;
  }

  /** What a worker says about connections. */
  sealed interface Said {

    /** It has room for so many more. */
    record Asked(int count) implements Said {}

    /** It goes on with this one alone. */
    record Begun(long number) implements Said {}

    /** It could not take this one. */
    record Lost(long number) implements Said {}

    /** It wants no more. */
    record Enough() implements Said {}
  }
}
