package spyglass.master;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All workers are replaced by new ones, which load the jar as it is now. Who was there when that was
 * asked for is marked as old, and {@link Relief} does the rest. It ends when no old one serves, or
 * when a new one fails: then those who are there stay.
 */
final class Reload {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  /** A new one that somebody killed did not fail by itself. */
  private static final int MOST_KILLED = 3;

  private boolean running;
  private boolean again;
  private int killed;

  boolean isRunning() {
    return running;
  }

  /** Begins, or begins anew when the one under way has ended: the jar may have changed since. */
  void demand(Members members) {
    if (running) {
      again = true;
      LOG.debug("reloading again after the reload that is under way");
    } else {
      begin(members);
    }
  }

  private void begin(Members members) {
    LOG.debug("reloading: a new worker for each old one");
    running = true;
    again = false;
    killed = 0;
    members.stream().forEach(member -> member.age(true));
  }

  /** Whether all are new by now. */
  void look(Members members) {
    if (running && members.stream().filter(Member::isServing).noneMatch(Member::isOld)) {
      LOG.debug("reloaded: all workers are new");
      end(members);
    }
  }

  private void end(Members members) {
    running = false;
    members.stream().forEach(member -> member.age(false));
    if (again) {
      begin(members);
    }
  }

  /** A new one was killed before it was ready: whether there is to be another. */
  boolean triesAgain() {
    killed++;
    return killed <= MOST_KILLED;
  }

  /** A new one was not to be had. */
  List<Order> fail(String why, Members members) {
    String report = "reload failed: " + why + "; those that serve go on as they are";
    end(members);
    return List.of(new Order.Report(report));
  }
}
