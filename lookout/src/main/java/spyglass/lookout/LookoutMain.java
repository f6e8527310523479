package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import spyglass.process.Arguments;
import spyglass.process.ProcessName;
import spyglass.process.Signals;

/**
 * The process that is there while nobody visits. Its descriptor 0 is the listening socket, 1 and 2
 * are whatever the command was started with. Plain JDK and little of it: all that the command line,
 * the checks and the native calls had loaded went away when this program replaced that one.
 */
public final class LookoutMain {

  private LookoutMain() {}

  /** Waits, wakes, waits again, until told to end. */
  public static void main(String[] args) throws IOException {
    ProcessName.set("spy-lookout");
    if (!(System.inheritedChannel() instanceof ServerSocketChannel listener)) {
      throw new IOException("descriptor 0 is not a listening socket: start this with spyglass");
    }
    Arguments arguments = new Arguments(args);
    Lookout lookout = new Lookout(listener, arguments.next());
    Signals.on("TERM", () -> lookout.stop("TERM"));
    Signals.on("INT", () -> lookout.stop("INT"));
    System.exit(lookout.run());
  }
}
