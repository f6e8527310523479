package spyglass.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.process.Arguments;
import spyglass.process.Exit;
import spyglass.process.Parent;
import spyglass.process.ProcessName;
import spyglass.process.Signals;

/**
 * The process that answers. It is born with three descriptors and no others: 0 is the listening
 * socket, 1 the pipe to its master, 2 the log. (You will see them with {@code ls -l /proc/PID/fd}.)
 */
public final class WorkerMain {

  private WorkerMain() {}

  /** Serves until told to stop, or until its master is gone. */
  public static void main(String[] args) throws IOException {
    // First of all: descriptor 1 belongs to the heartbeat. An app that prints would otherwise talk
    // to the master, and its customers' names would be taken for states.
    FileOutputStream pipe = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    ProcessName.set("spy-worker");
    // Ctrl-C at a terminal reaches every process of the group at once. Only the lookout acts on it;
    // the rest wait to be told, so that they stop in order.
    Signals.ignore("INT");
    Logger log = LoggerFactory.getLogger("Worker");
    Settings settings = Settings.from(new Arguments(args));
    App app;
    try {
      app = load(settings.app());
    } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
      log.error("{} could not be started", settings.app(), cause(e));
      System.exit(Exit.APP);
      return;
    }
    Heartbeat heartbeat = new Heartbeat(pipe);
    Loop loop = new Loop(settings, app, heartbeat, Parent.told());
    Signals.on("TERM", () -> loop.drain("told to stop"));
    heartbeat.ready();
    log.debug("ready");
    loop.run();
    log.debug("leaving");
    System.exit(Exit.FINE);
  }

  private static App load(String name) throws ReflectiveOperationException {
    return Class.forName(name).asSubclass(App.class).getConstructor().newInstance();
  }

  /** What the app itself threw is what its author wants to read, not reflection's wrapping. */
  private static Throwable cause(Throwable thrown) {
    return thrown instanceof InvocationTargetException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
