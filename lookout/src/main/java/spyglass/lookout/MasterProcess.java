package spyglass.lookout;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Exit;
import spyglass.process.Parent;
import spyglass.worker.Beat;

/** The master, as its parent sees it. */
final class MasterProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** With -vvvv. */
  private static final Logger BOOT = LoggerFactory.getLogger("boot.Lookout");

  private final Process process;

  private MasterProcess(Process process) {
    this.process = process;
  }

  /** Starts a master: descriptor 0 is the listening socket, 1 a pipe to us, 2 the log. */
  static MasterProcess start(List<String> command) throws IOException {
    BOOT.debug("starting {}", command);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
    Parent.tell(builder.environment());
    return new MasterProcess(builder.start());
  }

  /**
   * SIGTERM. By way of the handle, because Process.destroy also closes our end of the pipe, and its
   * end is what {@link #await} waits for.
   */
  void term() {
    process.toHandle().destroy();
  }

  /** How a wake went. */
  enum Outcome {
    /** A first worker was ready; what came later was no fault of the boot. */
    SERVED,
    /** Somebody killed the master before a worker was ready: it says nothing about the app. */
    KILLED,
    /** The app, or the system, would not have it. */
    FAILED
  }

  /**
   * Waits for its end: reads the pipe until nobody holds its other end, then asks for the status, so
   * that no zombie is left.
   */
  Outcome await() throws IOException {
    InputStream pipe = process.getInputStream();
    boolean ready = pipe.read() == Beat.READY;
    pipe.transferTo(OutputStream.nullOutputStream());
    try {
      int status = process.waitFor();
      LOG.debug("the master has ended ({})", Exit.inWords(status));
      // TERM while it boots ends a master in order, with 0: a signal's doing all the same.
      if (Exit.bySignal(status) || status == Exit.FINE) {
        return ready ? Outcome.SERVED : Outcome.KILLED;
      }
      return Outcome.FAILED;
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /** Gives both our ends of pipes back: two descriptors a wake would soon add up. */
  @Override
  public void close() throws IOException {
    process.getInputStream().close();
    process.getOutputStream().close();
  }
}
