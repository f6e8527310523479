package spyglass.lookout;

import java.io.IOException;
import java.nio.channels.ServerSocketChannel;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.control.Guest;
import spyglass.control.Loop;
import spyglass.process.Exit;
import spyglass.process.Parent;
import spyglass.process.Wake;

/**
 * Waits for a visitor without taking him, has a master started, waits for its end, and waits again.
 *
 * <p>It is always in one of five states, and this class is their list: what can happen in each, and
 * which comes next. All of it happens on one thread, in the {@link Loop}; signals and the ends of
 * masters are left there by the threads that see them.
 *
 * <pre>
 *             visitor, or order          r                    exit 0, or a signal
 *   WATCHING ------------------> WAKING ---> AWAKE ---------------------------------> WATCHING
 *      ^                           |           |
 *      |     back-off is over      v           v  exit 111, 112
 *      +------------------------ FAILING <-----+          TERM or INT, in any state: STOPPING
 * </pre>
 */
final class Lookout implements MasterProcess.Watcher {

  private static final Logger LOG = LoggerFactory.getLogger("Lookout");

  /** With {@code --once}: how long nobody must have come before a server that fails leaves. */
  private static final long FORSAKEN_MILLIS = 30_000;

  private final Loop loop;
  private final Duty duty;
  private final Visitors visitors;
  private final Apology apology;
  private final Ledger ledger = new Ledger();
  private final Desk desk;
  private final Standing standing;
  private final FilePages pages;
  private @Nullable MasterProcess master;
  private Attempt attempt = new Attempt(0, Wake.ORDER);
  private boolean wakeAgain;
  private boolean over;
  private Optional<ParentWatch> parent = Optional.empty();

  Lookout(Loop loop, ServerSocketChannel listener, Duty duty, FilePages pages) throws IOException {
    this.loop = loop;
    this.pages = pages;
    this.duty = duty;
    this.visitors = new Visitors(loop, listener, this);
    this.apology = new Apology(loop, listener, duty.http());
    this.standing = new Standing(loop);
    this.desk = new Desk(this, standing, ledger, duty);
  }

  Desk desk() {
    return desk;
  }

  @Nullable MasterProcess master() {
    return master;
  }

  /** Watches until told to stop; looks after where it is told so whenever it is awake. */
  void run(ControlSocket control) throws IOException {
    watch();
    if (duty.once()) {
      wake("somebody has started us", Wake.CONNECTION);
      // Somebody waits; this takes some milliseconds, which the master needs to boot.
      Preload.all();
    }
    while (!over) {
      long due = standing.due();
      loop.round(Math.min(due, parent.isPresent() ? parent.get().due() : Guest.NEVER));
      control.look();
      // What became due in this round only is for the next: who is there is looked at before.
      if (!over && due == standing.due() && loop.now() >= due) {
        due();
      }
      if (parent.isPresent() && parent.get().isGone(loop.now())) {
        parent = Optional.empty();
        stop("whoever has started this is gone");
      }
    }
  }

  /** {@code --with-parent}: most lookouts have no parent they would miss; this one has. */
  void leaveWith(Parent whom) {
    parent = Optional.of(new ParentWatch(whom));
  }

  private void watch() {
    LOG.debug("watching");
    standing.enter(State.WATCHING, duty.once() ? timeToLeave() : Guest.NEVER);
    visitors.watch();
    if (!duty.once()) {
      pages.giveBackSoon();
    }
  }

  /** Of {@code --once}: at once, unless somebody waits already or a failing app may still be mended. */
  private long timeToLeave() {
    return standing.state() == State.FAILING ? apology.lastVisit() + FORSAKEN_MILLIS : loop.now();
  }

  private void due() {
    standing.until(Guest.NEVER);
    switch (standing.state()) {
      case WATCHING -> over = true;
      case WAKING, STOPPING -> {
        attempt.giveUp();
        LOG.warn("killing the master: it was asked and given its time");
        if (master != null) {
          master.kill();
        }
      }
      case FAILING -> {
        apology.end();
        watch();
      }
      case AWAKE -> {}
    }
  }

  /** A visitor waits. */
  void somebodyIsThere() {
    if (standing.state() == State.WATCHING) {
      wake("somebody is there", Wake.CONNECTION);
    }
  }

  /** Starts a master. Only for a lookout that has none. */
  void wake(String why, String reason) {
    attempt = new Attempt(loop.now(), reason);
    LOG.debug("{}: waking", why);
    LOG.trace("wake: 0 ms, {} seen", reason);
    apology.end();
    ledger.waking(reason);
    wakeAgain = false;
    standing.enter(State.WAKING, loop.now() + duty.wakeMillis());
    startMaster();
  }

  private void startMaster() {
    try {
      visitors.ignore();
      master = MasterProcess.start(duty, desk.wanted(), attempt, loop, this);
    } catch (IOException | RuntimeException | OutOfMemoryError | LinkageError e) {
      // No file, process or thread is to be had, which may pass. A process without a thread is
      // killed.
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      fail("cannot run a master: " + (e instanceof IOException ? e.getMessage() : e));
    }
  }

  @Override
  public void ready(boolean trained, OptionalLong after) {
    if (standing.state() == State.WAKING) {
      ledger.awake(attempt.succeeded(loop.now(), trained, after));
      standing.enter(State.AWAKE, Guest.NEVER);
      pages.giveBackSoon();
    }
  }

  @Override
  public void ended(int status) {
    LOG.debug("the master has ended ({})", Exit.inWords(status));
    desk.masterEnded();
    master = null;
    // TERM while it boots ends a master in order, with 0: a signal's doing all the same.
    boolean asTold = status == Exit.FINE || Exit.isWorthATry(status);
    switch (standing.state()) {
      case STOPPING -> over = true;
      case WAKING -> {
        if (attempt.isOverdue()) {
          fail("no worker was ready in time");
        } else if (asTold) {
          bootKilled(status);
        } else {
          fail("the app did not start (" + Exit.inWords(status) + ")");
        }
      }
      case AWAKE -> {
        if (asTold) {
          slept(status);
        } else {
          fail("no worker is left that starts (" + Exit.inWords(status) + ")");
        }
      }
      case WATCHING, FAILING -> throw new IllegalStateException("whose master was that?");
    }
  }

  /** That says nothing about the app: it is tried again, within the time that one wake may take. */
  private void bootKilled(int status) {
    if (attempt.isTriedAgain()) {
      LOG.debug("that was not the app's fault: trying again");
      startMaster();
    } else {
      fail("the boot was ended by others again and again (" + Exit.inWords(status) + ")");
    }
  }

  private void slept(int status) {
    apology.forget();
    ledger.asleep();
    if (status != Exit.FINE) {
      ledger.error("the master was " + Exit.inWords(status));
    }
    watch();
    if (wakeAgain) {
      wake("told to wake", Wake.ORDER);
    }
  }

  private void fail(String why) {
    ledger.failed(why);
    standing.enter(State.FAILING, apology.begin(why));
  }

  /** Somebody mended something, perhaps: the next visitor is the next attempt. */
  void tryAgain() {
    apology.forget();
    standing.until(loop.now());
  }

  /** Whether there was an order to wake while all go to sleep. */
  void wakeAfterSleep(boolean ordered) {
    wakeAgain = ordered;
  }

  /** Ends the master, if any, and then the lookout. Told again, it cuts what is left. */
  void stop(String why) {
    LOG.debug("{}: stopping", why);
    if (standing.state() != State.STOPPING) {
      apology.end();
      standing.enter(State.STOPPING, loop.now() + duty.stopMillis());
    }
    over |= master == null;
    if (master != null) {
      master.term();
    }
  }
}
