package spyglass.master;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import spyglass.process.Arguments;
import spyglass.process.Parent;
import spyglass.process.ProcessName;
import spyglass.process.Signals;

/**
 * The process that babysits. It holds the listening socket as descriptor 0 only to hand it on; 1 is
 * the pipe to the lookout, 2 the log.
 */
public final class MasterMain {

  private MasterMain() {}

  /** Babysits until the workers have gone to sleep, or until told to stop. */
  public static void main(String[] args) throws InterruptedException, IOException {
    FileOutputStream toLookout = new FileOutputStream(FileDescriptor.out);
    ProcessName.set("spy-master");
    // Ctrl-C, or the end of a terminal, reaches the whole process group; the lookout will tell us
    // in its own time.
    Signals.ignore("INT");
    Signals.ignore("HUP");
    Arguments arguments = new Arguments(args);
    Master master = new Master(Plan.from(arguments), arguments.next(), toLookout, Parent.told());
    Signals.on("TERM", () -> master.tell("told to stop"));
    System.exit(master.run());
  }
}
