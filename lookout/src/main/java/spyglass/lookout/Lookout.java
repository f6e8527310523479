package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;

/**
 * Waits for a connection without taking it, starts a master, waits for its end, and waits again.
 *
 * <p>The trick of the whole server is in what is not here: accept(2). The kernel completes a TCP
 * connection by itself and keeps it in the queue that listen(2) made; a listening socket is readable
 * as soon as that queue is not empty. So the lookout can know of a visitor and leave him where he is,
 * safe from everything that may go wrong while the others boot. (You will see him with {@code ss -ltn}:
 * Recv-Q counts those who wait.)
 */
final class Lookout {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** A boot that a signal ended is tried again at once, so often and no more. */
  private static final int MOST_KILLED_BOOTS = 3;

  private final Selector selector;
  private final List<String> masterCommand;
  private final Apology apology;
  private final boolean once;
  private @Nullable MasterProcess master;
  private int killedBoots;
  private volatile boolean stopping;

  Lookout(ServerSocketChannel listener, boolean http, List<String> masterCommand, boolean once)
      throws IOException {
    this.once = once;
    this.masterCommand = masterCommand;
    this.selector = Selector.open();
    this.apology = new Apology(selector, listener, http);
    // The mark is on the socket, which every worker shares; all of us want it and nobody resets it.
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
  }

  /**
   * Ends the master, if there is one, and then the lookout. Any thread. A master that is just being
   * started is told as soon as it is there.
   */
  void stop(String signal) {
    LOG.debug("{}: stopping", signal);
    stopping = true;
    selector.wakeup();
    synchronized (this) {
      if (master != null) {
        master.term();
      }
    }
  }

  /**
   * Watches until told to stop.
   *
   * @return the status to exit with
   */
  int run() throws IOException {
    while (!stopping) {
      LOG.debug("watching");
      if (once && selector.selectNow() == 0) {
        return Exit.FINE;
      }
      selector.select();
      selector.selectedKeys().clear();
      if (!stopping) {
        wake();
      }
    }
    return Exit.FINE;
  }

  private void wake() throws IOException {
    LOG.debug("somebody is there: waking");
    switch (runMaster()) {
      case SERVED -> {
        killedBoots = 0;
        apology.forget();
      }
      case KILLED -> {
        killedBoots++;
        if (killedBoots > MOST_KILLED_BOOTS) {
          apologise();
        }
      }
      case FAILED -> apologise();
    }
  }

  private void apologise() throws IOException {
    killedBoots = 0;
    if (!stopping) {
      apology.serve(() -> stopping);
    }
  }

  private MasterProcess.Outcome runMaster() {
    try (MasterProcess started = MasterProcess.start(masterCommand)) {
      hold(started);
      return started.await();
    } catch (IOException e) {
      LOG.error("cannot run a master: {}", e.getMessage());
      return MasterProcess.Outcome.FAILED;
    } finally {
      hold(null);
    }
  }

  private synchronized void hold(@Nullable MasterProcess now) {
    master = now;
    if (now != null && stopping) {
      now.term();
    }
  }
}
