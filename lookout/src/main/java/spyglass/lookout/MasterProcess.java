package spyglass.lookout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.control.Loop;
import spyglass.process.CrashReport;
import spyglass.process.Parent;
import spyglass.process.WorkingFolder;
import spyglass.worker.Beat;

/** The master, as its parent sees it. */
final class MasterProcess {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** With -vvvv. */
  private static final Logger BOOT = LoggerFactory.getLogger("boot.Lookout");

  private final Process process;
  private boolean hears;
  private boolean told;

  private MasterProcess(Process process, boolean hears) {
    this.process = process;
    this.hears = hears;
  }

  /** Who is told what becomes of a master, in a round of the loop. */
  interface Watcher {

    /**
     * A first worker serves.
     *
     * @param trained whether it had a cache of its app
     * @param after how many milliseconds of the wake that has taken, if the master was not there to see it
     */
    void ready(boolean trained, OptionalLong after);

    /** The master is dead, and has been waited for: it is no zombie. */
    void ended(int status);
  }

  /**
   * Starts a master: descriptor 0 is the listening socket, 1 and 2 are the log, 3 is a pipe to us.
   *
   * @param wanted how many workers there are to be
   * @param attempt the wake to which it belongs
   * @throws FileNotFoundException if something is gone that it needs, which its message says
   */
  static MasterProcess start(Duty duty, int wanted, Attempt attempt, Loop loop, Watcher watcher)
      throws IOException {
    duty.check();
    List<String> command = duty.boot(wanted);
    BOOT.debug("starting {}", command);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectInput(Redirect.INHERIT).redirectError(Redirect.INHERIT);
    WorkingFolder.ensure(builder, LOG);
    Parent.tell(builder.environment());
    attempt.tell(builder.environment());
    MasterProcess master = new MasterProcess(builder.start(), !duty.workerFirst());
    Thread pipe = new Thread(new Pipe(master, loop, watcher), "pipe-" + master.pid());
    pipe.setDaemon(true);
    pipe.start();
    return master;
  }

  long pid() {
    return process.pid();
  }

  /** To be told in a round of the loop. */
  private record Ready(MasterProcess master, Watcher watcher, boolean trained, OptionalLong after)
      implements Runnable {
    @Override
    public void run() {
      master.hear();
      watcher.ready(trained, after);
    }
  }

  /** The same of its end. */
  private record Ended(Watcher watcher, int status) implements Runnable {
    @Override
    public void run() {
      watcher.ended(status);
    }
  }

  private record Pipe(MasterProcess master, Loop loop, Watcher watcher) implements Runnable {
    @Override
    public void run() {
      master.listen(loop, watcher);
    }
  }

  /**
   * Reads the pipe until nobody holds its other end, then asks for the status, so that no zombie is
   * left, and gives both our ends of pipes back: two descriptors a wake would soon add up. On a thread
   * of its own: a pipe of a child's is the one thing here for which no selector can wait.
   */
  private void listen(Loop loop, Watcher watcher) {
    try (InputStream pipe = process.getInputStream()) {
      OptionalLong after = OptionalLong.empty();
      int said = pipe.read();
      while (said >= '0' && said <= '9') {
        after = OptionalLong.of(after.orElse(0) * 10 + said - '0');
        said = pipe.read();
      }
      if (said == Beat.READY || said == Beat.TRAINED) {
        loop.leave(new Ready(this, watcher, said == Beat.TRAINED, after));
      }
      while (said >= 0) {
        said = pipe.read();
      }
      process.getOutputStream().close();
    } catch (IOException e) {
      // Nothing more is to be heard, then. The status below is what counts.
    }
    try {
      int status = process.waitFor();
      CrashReport.tell(LOG, "master", pid(), status);
      loop.leave(new Ended(watcher, status));
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /**
   * SIGTERM: end in order; a second one: cut what is left. By way of the handle, because Process.destroy
   * also closes our end of the pipe, whose other end is what {@link #listen} waits for.
   */
  void term() {
    told = true;
    if (hears) {
      process.toHandle().destroy();
    }
  }

  /**
   * It is up, and has a handler of TERM. Before, a worker that goes first may serve somebody already, and
   * TERM would only leave it alone with him: so the order waits until now.
   */
  void hear() {
    boolean waits = told && !hears;
    hears = true;
    // Once: a second TERM has it cut what is left.
    if (waits) {
      term();
    }
  }

  /** SIGKILL: nobody is asked. This ends a stopped process too. */
  void kill() {
    process.toHandle().destroyForcibly();
  }
}
