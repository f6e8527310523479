package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import spyglass.process.Arguments;
import spyglass.process.Parent;
import spyglass.process.ProcessName;
import spyglass.process.Signals;
import spyglass.worker.WorkerMain;

/**
 * The process that is there while nobody visits. Its descriptor 0 is the listening socket, 1 and 2
 * are whatever the command was started with. Plain JDK and little of it: all that the command line,
 * the checks and the native calls had loaded went away when this program replaced that one.
 */
public final class LookoutMain {

  /** The argument that names the process to leave with. */
  static final String PARENT = "parent";

  /** The argument that says: somebody else watches, and starts this when a connection waits. */
  static final String ONCE = "once";

  private LookoutMain() {}

  /** Waits, wakes, waits again, until told to end. */
  public static void main(String[] args) throws IOException {
    ProcessName.set("spy-lookout");
    if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
      throw new IOException("descriptor 0 is not a listening socket: start this with spyglass");
    }
    Arguments arguments = new Arguments(args);
    boolean http = arguments.text("protocol").equals(WorkerMain.HTTP);
    Lookout lookout =
        new Lookout(listener, http, arguments.next(), arguments.find(ONCE).isPresent());
    Signals.on("TERM", () -> lookout.stop("TERM"));
    Signals.on("INT", () -> lookout.stop("INT"));
    // The terminal is gone.
    Signals.on("HUP", () -> lookout.stop("HUP"));
    if (arguments.find(PARENT).isPresent()) {
      Parent parent = Parent.of(arguments.number(PARENT));
      Thread.ofPlatform().daemon().start(() -> stopWith(parent, lookout));
    }
    int status = lookout.run();
    for (String file : List.of(OwnFile.SOCKET, OwnFile.PID)) {
      OwnFile.told(file, arguments).ifPresent(OwnFile::remove);
    }
    System.exit(status);
  }

  /** {@code --with-parent}: most lookouts have no parent they would miss; this one has. */
  private static void stopWith(Parent parent, Lookout lookout) {
    try {
      while (!parent.isGone()) {
        Thread.sleep(500);
      }
      lookout.stop("whoever has started this is gone");
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
