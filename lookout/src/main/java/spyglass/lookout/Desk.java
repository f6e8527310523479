package spyglass.lookout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.control.Answer;
import spyglass.control.Hub;
import spyglass.control.MasterLink;
import spyglass.process.Wake;

/**
 * Where orders arrive, from signals and from the control socket, and whence those that are for the
 * master go on to it. What is ordered before it has connected waits for that.
 */
final class Desk implements Hub {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  private static final int MOST_QUEUED = 64;

  private final Lookout lookout;
  private final Standing standing;
  private final Ledger ledger;
  private final Duty duty;
  private final List<String> queued = new ArrayList<>();
  private @Nullable MasterLink link;
  private String masterState = "";
  private int wanted;

  Desk(Lookout lookout, Standing standing, Ledger ledger, Duty duty) {
    this.lookout = lookout;
    this.standing = standing;
    this.ledger = ledger;
    this.duty = duty;
    this.wanted = duty.workers();
  }

  /** How many workers there are to be, as of the last order. */
  int wanted() {
    return wanted;
  }

  /** A signal, and what it orders. The second that ends cuts what is left. */
  record Signalled(Desk desk, String signal, String order) implements Runnable {
    @Override
    public void run() {
      if (order.equals("end")) {
        desk.lookout.stop(signal);
      } else {
        String answer = desk.order(order);
        LOG.debug("{}: {}", signal, answer.substring(answer.indexOf(' ') + 1));
      }
    }
  }

  @Override
  public String order(String text) {
    if (text.matches("scale [0-9]{1,9}")) {
      return scale(Integer.parseInt(text.substring("scale ".length())));
    }
    return switch (text) {
      case "stop" -> {
        if (standing.state() != State.STOPPING) {
          lookout.stop("told to stop");
        }
        yield Answer.ok("stopping");
      }
      case "cut" -> {
        lookout.stop("told to cut");
        yield link == null || link.order("cut") ? Answer.ok("cutting") : deaf();
      }
      case "wake" -> wake();
      case "sleep", "dump" -> isThere() ? pass(text) : Answer.ok("asleep");
      case "reload" -> reload();
      case "more" -> step("more", 1);
      case "fewer" -> step("fewer", -1);
      default -> Answer.wrong("there is no such order");
    };
  }

  /** Whether a master is there for longer. */
  private boolean isThere() {
    return switch (standing.state()) {
      case WAKING, AWAKE -> true;
      case WATCHING, FAILING, STOPPING -> false;
    };
  }

  private String wake() {
    return switch (standing.state()) {
      case WATCHING, FAILING -> {
        lookout.wake("told to wake", Wake.ORDER);
        yield Answer.ok("waking");
      }
      case WAKING -> Answer.ok("waking");
      case AWAKE -> {
        if (isLeaving()) {
          lookout.wakeAfterSleep(true);
        }
        yield Answer.ok(isLeaving() ? "it will wake when it has gone to sleep" : "awake");
      }
      case STOPPING -> Answer.notNow("it is stopping");
    };
  }

  private boolean isLeaving() {
    return masterState.equals("sleeping") || masterState.equals("draining");
  }

  private String reload() {
    return switch (standing.state()) {
      case WATCHING -> Answer.ok("asleep: the next wake reads the jar as it is then");
      case FAILING -> {
        lookout.tryAgain();
        yield Answer.ok("the next visitor is the next attempt");
      }
      case WAKING, AWAKE -> pass("reload");
      case STOPPING -> Answer.notNow("it is stopping");
    };
  }

  private String scale(int workers) {
    if (workers < 1 || workers > duty.mostWorkers()) {
      return Answer.wrong(
          duty.single()
              ? "this app says that it must be alone (@Single): it has 1 worker"
              : "there can be 1 to " + duty.mostWorkers() + " workers");
    }
    wanted = workers;
    if (link != null && !link.order("scale " + workers)) {
      return deaf();
    }
    return Answer.ok(workers + (workers == 1 ? " worker" : " workers"));
  }

  /** A master that is connected counts itself, and tells how many it wants then. */
  private String step(String order, int by) {
    if (link == null || duty.single()) {
      return scale(Math.clamp(wanted + by, 1, duty.mostWorkers()));
    }
    return link.order(order) ? Answer.ok("one " + order) : deaf();
  }

  private String pass(String order) {
    if (link != null) {
      return link.order(order) ? Answer.ok("told the master") : deaf();
    }
    if (queued.size() >= MOST_QUEUED) {
      return deaf();
    }
    queued.add(order);
    return Answer.ok("the master is told as soon as it listens");
  }

  private static String deaf() {
    return Answer.notNow("the master does not listen: it is stopped or stuck");
  }

  @Override
  public void figures(Consumer<String> answer) {
    boolean master = isThere() || standing.state() == State.STOPPING;
    if (master && link == null) {
      answer.accept(own() + "master-silent true\n");
    } else if (link == null) {
      answer.accept(own());
    } else {
      link.figures(masters -> answer.accept(own() + masters));
    }
  }

  private String own() {
    MasterProcess master = lookout.master();
    String state = standing.state().word();
    if (standing.state() == State.AWAKE && isLeaving()) {
      state = "going-to-sleep";
    }
    String retry = standing.state() == State.FAILING ? "retry-at " + standing.retryAt() + "\n" : "";
    return "state "
        + state
        + "\nsince "
        + standing.since()
        + "\n"
        + retry
        + "wanted "
        + wanted
        + "\n"
        + (master == null ? "" : "master-pid " + master.pid() + "\n")
        + ledger.lines(duty);
  }

  @Override
  public boolean isMaster(long pid) {
    MasterProcess master = lookout.master();
    return link == null && master != null && master.pid() == pid;
  }

  @Override
  public void connected(MasterLink now) {
    MasterProcess master = lookout.master();
    if (master != null) {
      master.hear();
    }
    link = now;
    if (wanted != duty.workers()) {
      now.order("scale " + wanted);
    }
    queued.forEach(now::order);
    queued.clear();
  }

  @Override
  public void heard(String word, String rest) {
    switch (word) {
      case "total" -> ledger.total(rest);
      case "trained" -> ledger.trained(rest);
      case "last-error" -> ledger.mastersError(rest);
      case "state" -> {
        masterState = rest;
        if (!isLeaving()) {
          lookout.wakeAfterSleep(false);
        }
      }
      case "wanted" -> {
        if (rest.matches("[0-9]{1,3}")) {
          wanted = Math.clamp(Integer.parseInt(rest), 1, duty.mostWorkers());
        }
      }
      default -> LOG.debug("the master says what means nothing: {} {}", word, rest);
    }
  }

  @Override
  public void disconnected() {
    link = null;
  }

  /** Hears its last words, which the kernel keeps, and forgets what it was to be told. */
  void masterEnded() {
    if (link != null) {
      link.readToEnd();
    }
    link = null;
    queued.clear();
    masterState = "";
    ledger.masterEnded();
  }
}
