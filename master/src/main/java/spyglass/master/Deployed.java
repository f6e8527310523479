package spyglass.master;

import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.process.Footing;

/**
 * The files that workers are started from, and whether they are still those of the workers that serve.
 * Somebody may have put a new version there and not have said so. Where it was written over the old one,
 * in place, those that serve find other bytes where they look for their classes.
 */
final class Deployed {

  private static final Logger LOG = LoggerFactory.getLogger("Master");

  private final List<String> command;
  private final boolean single;
  private List<String> served;
  private List<String> seen;

  /**
   * What is there now is what is served.
   *
   * @param command one that starts a worker
   * @param single whether there must never be two workers at once
   */
  Deployed(List<String> command, boolean single) {
    this.command = command;
    this.single = single;
    this.served = Footing.state(command);
    this.seen = served;
  }

  /** After a reload, what is there now is what is served. */
  void demanded(Demand.OfStaff demand) {
    if (demand instanceof Demand.Reload) {
      served = Footing.state(command);
      seen = served;
    }
  }

  /** A worker is to be started: it will not be like the others, if a file is another. Told once. */
  void look() {
    List<String> now = Footing.state(command);
    Optional<String> changed = now.equals(seen) ? Optional.empty() : changed(now);
    seen = now;
    changed.ifPresent(file -> LOG.warn("{}: order a reload", file));
  }

  /**
   * An app lacks a class. If its jar is another by now, those that serve fail again and again, and a reload
   * is what an operator would order. Not for an app that must be alone: it would be gone before it is
   * known whether the new one starts.
   *
   * @return whether to reload; once for each change, as the next one is compared with what is loaded then
   */
  boolean wantsReload(Reporter reporter) {
    Optional<String> changed = changed(Footing.state(command));
    if (changed.isPresent()) {
      String what = changed.get() + ", and a class is missing: ";
      reporter.error(what + (single ? "order a reload" : "reloading"));
    }
    return changed.isPresent() && !single;
  }

  private Optional<String> changed(List<String> now) {
    List<String> files = Footing.files(command);
    for (int i = 0; i < files.size(); i++) {
      if (!now.get(i).equals(served.get(i))) {
        return Optional.of(files.get(i) + " has changed under a running server");
      }
    }
    return Optional.empty();
  }
}
