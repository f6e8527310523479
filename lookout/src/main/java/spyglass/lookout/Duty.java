package spyglass.lookout;

import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import spyglass.master.MasterMain;
import spyglass.process.Arguments;
import spyglass.process.Footing;
import spyglass.process.ParentPipe;
import spyglass.training.Training;
import spyglass.worker.WorkerMain;

/**
 * What a lookout was told.
 *
 * @param name what people call this server
 * @param listen where it listens, as a URL
 * @param version of Spyglass
 * @param metrics where Prometheus is answered, as a URL; empty for nowhere
 * @param http whether the lookout can say sorry in what is spoken
 * @param once whether to begin with a wake and to leave when nobody is left to watch for
 * @param workers how many are to serve
 * @param single whether there must never be two workers at once
 * @param wakeMillis how long a master may take until it is ready; then it is killed
 * @param stopMillis how long a master may take to end when asked; then it is killed
 * @param workerFirst whether the first worker is started before its master
 * @param master the master's command line
 */
record Duty(
    String name,
    String listen,
    String version,
    String metrics,
    boolean http,
    boolean once,
    int workers,
    boolean single,
    long wakeMillis,
    long stopMillis,
    boolean workerFirst,
    List<String> master) {

  /** The master keeps these limits itself; only one that is stuck or stopped needs more. */
  private static final long GRACE_SECONDS = 5;

  static Duty from(Arguments told, String metrics) {
    return new Duty(
        told.text("name"),
        told.text("listen"),
        told.text("version"),
        metrics,
        told.text("protocol").equals(WorkerMain.HTTP),
        told.find(LookoutMain.ONCE).isPresent(),
        Math.toIntExact(told.number("workers")),
        Boolean.parseBoolean(told.text(WorkerMain.SINGLE)),
        TimeUnit.SECONDS.toMillis(told.number("wake-deadline") + GRACE_SECONDS),
        TimeUnit.SECONDS.toMillis(told.number("drain") + GRACE_SECONDS),
        told.find(LookoutMain.WORKER_FIRST).isPresent(),
        told.next());
  }

  /** How many workers anybody can have. */
  int mostWorkers() {
    return single ? 1 : MasterMain.MOST_WORKERS;
  }

  /**
   * The command that starts a master, at a wake.
   *
   * @param wanted how many workers there are to be by now
   */
  List<String> boot(int wanted) {
    return workerFirst ? BootScript.around(withFirst(wanted == 1)) : ParentPipe.before(master);
  }

  /**
   * Looks whether all is there that a master and its workers are started from.
   *
   * @throws FileNotFoundException if not; see {@link Footing#check}
   */
  void check() throws FileNotFoundException {
    Footing.check(master);
    Footing.check(master.subList(master.indexOf("--") + 1, master.size()));
  }

  /** The command at the end is that of the first worker, which this very wake needs. */
  private List<String> withFirst(boolean alone) {
    int told = master.indexOf("-cp") + 3;
    Arguments arguments = new Arguments(master.subList(told, master.size()).toArray(new String[0]));
    List<String> boot = new ArrayList<>(master.subList(0, master.indexOf("--") + 1));
    boot.addAll(Training.told(arguments).first(alone));
    return boot;
  }
}
