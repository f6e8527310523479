package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.control.Loop;
import spyglass.process.Arguments;
import spyglass.process.Exit;
import spyglass.process.Parent;
import spyglass.process.ProcessName;
import spyglass.process.Signals;

/**
 * The process that is there while nobody visits. Its descriptor 0 is the listening socket, 1 and 2
 * are whatever the command was started with. Plain JDK and little of it: all that the command line,
 * the checks and the native calls had loaded went away when this program replaced that one. What runs
 * here before the first order is written without lambdas: the JVM makes a class of each when it comes by,
 * some 10 KiB that would be slept with.
 */
public final class LookoutMain {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** The argument that names the process to leave with. */
  static final String PARENT = "parent";

  /** The argument that says: somebody else watches, so begin with a wake and leave after sleep. */
  static final String ONCE = "once";

  /** The argument that says: a first worker can be started before its master. */
  static final String WORKER_FIRST = "worker-first";

  private LookoutMain() {}

  /** Waits, wakes, waits again, until told to end. */
  public static void main(String[] args) throws IOException {
    FilePages pages = FilePages.ofThisMoment();
    ProcessName.set("spy-lookout");
    if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
      throw new IOException("descriptor 0 is not a listening socket: start this with spyglass");
    }
    Arguments arguments = new Arguments(args);
    int status;
    try (Loop loop = new Loop()) {
      status = run(loop, listener, arguments, pages);
    } catch (IOException e) {
      LOG.error("cannot begin ({}): see --run, --name and --metrics", e.getMessage());
      status = Exit.SYSTEM;
    }
    for (String file : List.of(OwnFile.SOCKET, OwnFile.PID)) {
      OwnFile.told(file, arguments).ifPresent(OwnFile::remove);
    }
    System.exit(status);
  }

  private static int run(
      Loop loop, ServerSocketChannel listener, Arguments arguments, FilePages pages)
      throws IOException {
    Optional<MetricsSocket> metrics = MetricsSocket.told(arguments);
    Duty duty = Duty.from(arguments, metrics.isPresent() ? metrics.get().url() : "");
    Lookout lookout = new Lookout(loop, listener, duty, pages);
    Desk desk = lookout.desk();
    if (metrics.isPresent()) {
      metrics.get().open(loop, desk);
    }
    if (arguments.find(PARENT).isPresent()) {
      lookout.leaveWith(Parent.of(arguments.number(PARENT)));
    }
    hear("TERM", "end", loop, desk);
    hear("INT", "end", loop, desk);
    hear("HUP", "reload", loop, desk);
    hear("TTIN", "more", loop, desk);
    hear("TTOU", "fewer", loop, desk);
    // After the signals: from here on there is something to be tidied.
    ControlSocket control = ControlSocket.open(loop, Path.of(arguments.text("control")), desk);
    try {
      if (!duty.once()) {
        Preload.all();
      }
      lookout.run(control);
      return Exit.FINE;
    } finally {
      control.remove();
      if (arguments.find(PARENT).isPresent()) {
        removeIfEmpty(control.path().getParent());
      }
    }
  }

  /** A server that lives as long as its parent may have a run folder of its own, and nobody after it. */
  private static void removeIfEmpty(@Nullable Path folder) {
    try {
      if (folder != null) {
        Files.delete(folder);
      }
    } catch (IOException e) {
      // Others have their sockets there, or it is not ours to remove.
    }
  }

  private static void hear(String signal, String order, Loop loop, Desk desk) {
    Signals.on(signal, new Heard(loop, new Desk.Signalled(desk, signal, order)));
  }

  /** A signal comes on a thread of the JVM's, and what it means is done in the loop. */
  private record Heard(Loop loop, Desk.Signalled what) implements Runnable {
    @Override
    public void run() {
      loop.leave(what);
    }
  }
}
