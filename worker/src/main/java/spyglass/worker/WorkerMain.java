package spyglass.worker;

import java.io.FileOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import spyglass.http.App;
import spyglass.life.Life;
import spyglass.log.StderrProvider;
import spyglass.process.Arguments;
import spyglass.process.Exit;
import spyglass.process.Parent;
import spyglass.process.ParentPipe;
import spyglass.process.Precedence;
import spyglass.process.ProcessName;
import spyglass.process.Signals;
import spyglass.process.Timeline;
import spyglass.training.Recording;

/**
 * The process that answers. It is born with four descriptors and no others: 0 is where its connections
 * come from, 1 and 2 are the log, 3 is the pipe to its master. (You will see them with {@code ls -l
 * /proc/PID/fd}.)
 */
public final class WorkerMain {

  /** The name of the one protocol that no jar brings. */
  public static final String HTTP = "http";

  /** The argument that says whether the app must be alone. */
  public static final String SINGLE = "single";

  /** How often one that boots looks for its parent: until it is gone it holds the port. */
  private static final long LOOK_MILLIS = 200;

  private WorkerMain() {}

  /** Serves until told to stop, or until its master is gone. */
  public static void main(String[] args) throws IOException {
    FileOutputStream pipe = ParentPipe.open();
    Termination termination =
        new Termination(signal -> Runtime.getRuntime().halt(Exit.signal(signal)));
    termination.listen();
    ProcessName.set("spy-worker");
    // Ctrl-C at a terminal, or its end, reaches every process of the group at once. Only the
    // lookout acts on it; the rest wait to be told, so that they stop in order.
    Signals.ignore("INT");
    Signals.ignore("HUP");
    Logger log = LoggerFactory.getLogger("Worker");
    Timeline timeline = Timeline.told("Worker");
    timeline.reached("worker up");
    Arguments arguments = new Arguments(args);
    Settings settings = Settings.from(arguments);
    if (arguments.text("protocol").equals(HTTP)) {
      HeadStart.begin(settings.limits());
    }
    Parent parent = Parent.told();
    Thread watch = Thread.ofPlatform().daemon().name("parent").start(() -> leaveWith(parent));
    Heartbeat heartbeat = new Heartbeat(pipe, timeline, Precedence.isOurs());
    SingleLock alone = new SingleLock();
    Service service;
    try {
      service = load(arguments, alone, new WorkerLife(heartbeat));
    } catch (Exception | LinkageError e) {
      log.error("{} could not be started", arguments.text("app"), cause(e));
      System.exit(Exit.APP);
      return;
    }
    timeline.reached("app loaded");
    // From here on the loop looks after the parent, once a second. A master that was told to end
    // while both of us booted has not had the time to tell us.
    watch.interrupt();
    if (parent.isGone()) {
      Runtime.getRuntime().halt(Exit.SYSTEM);
    }
    Source source = Source.take(Accept.of(arguments.text("accept")));
    Loop loop = new Loop(door(source, settings), service, settings, heartbeat, parent::isGone);
    if (!termination.accepting(loop)) {
      // To ask for an exit while there is one is to wait for that one.
      System.exit(Exit.signal(Termination.TERM));
    }
    heartbeat.ready();
    timeline.reached("worker ready");
    log.debug("ready");
    Duration drain = settings.clocks().drain();
    LastHook last = new LastHook(service, heartbeat, WorkerMain::halt);
    int status = serve(loop, () -> last.call(drain), log);
    termination.served();
    boolean recorded = status == Exit.FINE && !termination.isExiting();
    Optional<Recording> recording = recorded ? Recording.told() : Optional.empty();
    leave(
        status,
        heartbeat,
        drain,
        () ->
            recording.ifPresent(
                it -> it.beforeExit(heartbeat.hasServed(), () -> letGo(loop, alone, pipe))));
  }

  private static int serve(Loop loop, Runnable last, Logger log) {
    try {
      boolean inOrder = loop.run();
      last.run();
      log.debug("leaving");
      return inOrder ? Exit.FINE : Exit.SYSTEM;
    } catch (IOException | RuntimeException | Error e) {
      try {
        log.error("the worker cannot go on", e);
      } catch (OutOfMemoryError noWordsLeft) {
        // Then without them.
      }
      return Exit.SYSTEM;
    }
  }

  /**
   * Exits, rather than returns: a thread of the app's could keep a process alive that no longer answers.
   * An exit runs the app's shutdown hooks, and those may hang as well; they have their time, or until
   * an ALRM.
   */
  private static void leave(
      int status, Heartbeat heartbeat, Duration patience, Runnable beforeExit) {
    try {
      heartbeat.close();
      Signals.on("ALRM", () -> Runtime.getRuntime().halt(status));
      Thread.ofPlatform().daemon().name("leave").start(() -> haltAfter(patience, status));
      beforeExit.run();
      System.exit(status);
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(Exit.SYSTEM);
    }
  }

  /** At once, but for what the log is still to say. */
  private static void halt() {
    StderrProvider.flush();
    Runtime.getRuntime().halt(Exit.SYSTEM);
  }

  /** Holds neither the port nor the master up any longer. */
  private static void letGo(Loop loop, SingleLock alone, FileOutputStream pipe) throws IOException {
    loop.letGo();
    alone.release();
    pipe.write(Beat.DONE);
  }

  private static void haltAfter(Duration patience, int status) {
    try {
      Thread.sleep(patience);
    } catch (InterruptedException e) {
      // Nobody does that; then at once.
    }
    Runtime.getRuntime().halt(status);
  }

  /**
   * An app may take long to start, or for ever, and its master may die meanwhile. Nothing was accepted
   * yet, so there is nothing to finish, and the app's own shutdown hooks may wait for its start.
   */
  private static void leaveWith(Parent parent) {
    try {
      while (!parent.isGone()) {
        Thread.sleep(LOOK_MILLIS);
      }
      Runtime.getRuntime().halt(Exit.SYSTEM);
    } catch (InterruptedException e) {
      // The app is there.
    }
  }

  private static Door door(Source source, Settings settings) {
    // Not by the switch: the JVM would make classes for it before the first answer.
    if (source instanceof Source.Listening(ServerSocketChannel listener)) {
      return new SharedDoor(listener);
    }
    return switch (source) {
      case Source.Listening _ -> throw new IllegalStateException("answered above");
      case Source.Passed(Handover handover) -> new PassDoor(handover, settings.threads());
      case Source.Single(SocketChannel client) -> new SingleDoor(Optional.of(client));
      case Source.Gone() -> new SingleDoor(Optional.empty());
    };
  }

  private static Service load(Arguments args, SingleLock alone, Life life) throws Exception {
    String protocol = args.text("protocol");
    if (Boolean.parseBoolean(args.text(SINGLE))) {
      alone.take(life.data(), args.text("app"));
    }
    if (protocol.equals(HTTP)) {
      Class<? extends App> type = Class.forName(args.text("app")).asSubclass(App.class);
      App app = type.getConstructor().newInstance();
      app.start(new AppContext(life, args.starting("option.")));
      return new HttpService(app);
    }
    return new Protocols(args.starting("option."), life).start(protocol);
  }

  /** What the app itself threw is what its author wants to read, not reflection's wrapping. */
  private static Throwable cause(Throwable thrown) {
    return thrown instanceof InvocationTargetException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }
}
