package spyglass.master;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.CrashReport;
import spyglass.process.Exit;
import spyglass.process.Footing;
import spyglass.process.Parent;
import spyglass.process.ParentPipe;
import spyglass.process.Precedence;
import spyglass.process.Resident;
import spyglass.process.Timeline;
import spyglass.process.Wake;
import spyglass.process.WorkingFolder;
import spyglass.worker.Beat;

/**
 * One worker process, as its parent sees it.
 *
 * <p>A JVM cannot fork(2): the child would have one thread of the many, without the collector and the
 * compiler. So a worker is a new program from the start. {@link ProcessBuilder} gives it descriptors
 * 0, 1 and 2 and closes all others: 0 is our own descriptor 0, the listening socket; 1 is the writing
 * end of a pipe of which we hold the reading end, and becomes 3 (see {@link ParentPipe}); 2 is the log
 * that all share.
 */
final class Child {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** With -vvvv. */
  private static final Logger BOOT = LoggerFactory.getLogger("boot.Master");

  private final Process process;
  private final AtomicBoolean ended = new AtomicBoolean();

  private Child(Process process) {
    this.process = process;
  }

  /**
   * Starts a worker and has what happens to it told, from another thread.
   *
   * @param why one of the reasons of {@link Wake}
   */
  static Child start(List<String> command, String why, Consumer<Event> tell) throws IOException {
    Footing.check(command);
    BOOT.debug("starting {}", command);
    ProcessBuilder builder =
        new ProcessBuilder(ParentPipe.before(command))
            .redirectInput(Redirect.INHERIT)
            .redirectError(Redirect.INHERIT);
    WorkingFolder.ensure(builder, LOG);
    Parent.tell(builder.environment());
    Wake.tell(builder.environment(), why);
    FirstWorker.conceal(builder.environment());
    Precedence.conceal(builder.environment());
    Timeline.conceal(builder.environment());
    return of(builder.start(), tell);
  }

  /** For a worker that was started already: has what happens to it told, from another thread. */
  static Child of(Process process, Consumer<Event> tell) {
    Child child = new Child(process);
    Thread.ofPlatform().daemon().name("pipe-" + child.pid()).start(() -> child.listen(tell));
    return child;
  }

  long pid() {
    return process.pid();
  }

  /**
   * Reads the pipe to its end. The end comes when nobody holds the writing end any more, and as only
   * the worker holds it, that is the worker's death, of whatever cause; the kernel never forgets to
   * tell it. What is left of a dead process until its parent has asked for its status is a zombie:
   * waitFor asks.
   */
  private void listen(Consumer<Event> tell) {
    byte[] bytes = new byte[64];
    Beats beats = new Beats(pid(), event -> hear(event, tell));
    try (InputStream pipe = process.getInputStream()) {
      int count = pipe.read(bytes);
      while (count >= 0) {
        for (int i = 0; i < count; i++) {
          beats.hear(bytes[i]);
        }
        count = pipe.read(bytes);
      }
    } catch (IOException e) {
      // No more bytes, then. The status below is what counts.
    }
    try {
      tellEnd(process.waitFor(), tell);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }

  /**
   * The worker's death in case the pipe does not tell: an app may have started a program of its own
   * that inherited the writing end and outlives it.
   */
  void tellIfDead(Consumer<Event> tell) {
    if (!process.isAlive()) {
      tellEnd(process.exitValue(), tell);
    }
  }

  /** Nobody dies twice, and the kernel may have given the pid to another by then. */
  private void tellEnd(int status, Consumer<Event> tell) {
    if (!ended.getAndSet(true)) {
      CrashReport.tell(LOG, "worker", pid(), status);
      tell.accept(new Event.Ended(pid(), status));
    }
  }

  private void hear(Event event, Consumer<Event> tell) {
    if (event instanceof Event.Beat(long _, byte level) && level == Beat.DONE) {
      // Its process writes a recording yet; for all who count workers, it is gone.
      tellEnd(Exit.FINE, tell);
    } else if (!ended.get()) {
      tell.accept(event);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * SIGTERM: finish and leave. By way of the handle, because Process.destroy also closes our end of the
   * pipe, and the worker still has something to say.
   */
  void term() {
    process.toHandle().destroy();
  }

  /** SIGALRM: the time is up. */
  void cut() {
    Shell.alarm(pid());
  }

  /** SIGQUIT: print your threads to the log. */
  void dump() {
    Shell.dump(List.of(pid()));
  }

  /** Resident memory in bytes; 0 of a process that is gone. */
  long memory() {
    return Resident.of(pid());
  }

  /** SIGKILL: nobody is asked. */
  void kill() {
    process.toHandle().destroyForcibly();
  }
}
