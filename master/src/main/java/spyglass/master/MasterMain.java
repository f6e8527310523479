package spyglass.master;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import spyglass.process.Arguments;
import spyglass.process.Parent;
import spyglass.process.ParentPipe;
import spyglass.process.ProcessName;
import spyglass.process.Signals;
import spyglass.process.Timeline;
import spyglass.training.Training;

/**
 * The process that babysits. It holds the listening socket as descriptor 0 only to hand it on; 1 and
 * 2 are the log, 3 is the pipe to the lookout.
 */
public final class MasterMain {

  /** The argument that names the lookout's control socket, if it has one. */
  public static final String CONTROL = "control";

  /** Workers; nobody means to have more. The compiler copies it, so who asks loads nothing of ours. */
  public static final int MOST_WORKERS = 256;

  private MasterMain() {}

  /** Babysits until the workers have gone to sleep, or until told to stop. */
  public static void main(String[] args) throws InterruptedException, IOException {
    FileOutputStream toLookout = ParentPipe.open();
    ProcessName.set("spy-master");
    // Ctrl-C reaches the whole process group; the lookout will tell us in its own time.
    Signals.ignore("INT");
    Arguments arguments = new Arguments(args);
    Timeline.told("Master").reached("master up");
    Optional<Process> first = FirstWorker.told();
    Plan plan = Plan.from(arguments);
    Trainees trainees =
        new Trainees(Training.told(arguments), plan.workers() == 1, arguments.next());
    Master master = new Master(plan, first, trainees, toLookout, Parent.told());
    Signals.on("TERM", master::terminate);
    Signals.on("HUP", () -> master.demand(new Demand.Reload()));
    Signals.on("TTIN", () -> master.demand(new Demand.More()));
    Signals.on("TTOU", () -> master.demand(new Demand.Fewer()));
    System.exit(master.run(arguments.find(CONTROL).map(Path::of)));
  }
}
