package spyglass.status;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import spyglass.control.Answer;
import spyglass.control.Figures;
import spyglass.log.Plain;
import spyglass.process.Exit;

/**
 * Gives one order and waits for what comes of it. A lookout only says that it has heard; what happens
 * then is seen by asking for its figures again and again, as anybody could.
 */
final class Orders {

  private static final long PAUSE_MILLIS = 50;
  private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** How long a tree may take to see that it is idle; a longer wait has a reason, and that is told. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private final Remote remote;
  private final Figures before;
  private final PrintStream out;
  private final long began = System.nanoTime();
  private long told = began;

  Orders(Operator.Living server, PrintStream out) {
    this.remote = server.remote();
    this.before = server.figures();
    this.out = out;
  }

  /**
   * Gives it.
   *
   * @return the status to exit with
   */
  int give(String order) throws IOException {
    String answer = remote.ask(order).orElse(Answer.ok("it has ended")).strip();
    String said = answer.substring(answer.indexOf(' ') + 1);
    if (!answer.startsWith(Answer.OK + " ")) {
      complain(said);
      return answer.startsWith(Answer.WRONG) ? Exit.USAGE : Exit.SYSTEM;
    }
    return switch (order) {
      case "stop" -> awaitEnd();
      case "wake" -> awaitWake();
      case "sleep" -> awaitSleep();
      case "reload" -> awaitReload(said);
      default -> say(said);
    };
  }

  private int say(String what) {
    out.println(Plain.line(remote.name() + ": " + what));
    return Exit.FINE;
  }

  private void complain(String what) {
    Operator.complain(remote.name() + ": " + what);
  }

  /** Its socket goes first, its process a moment later. */
  private int awaitEnd() throws IOException {
    Optional<Figures> now = figures();
    while (now.isPresent() || isAlive()) {
      progress("stopping", now.orElse(before));
      pause();
      now = figures();
    }
    return say("stopped");
  }

  private boolean isAlive() {
    try {
      String stat = Files.readString(Path.of("/proc/" + before.number("pid") + "/stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException e) {
      return false;
    }
  }

  private int awaitWake() throws IOException {
    while (true) {
      Optional<Figures> now = figures();
      if (now.isEmpty()) {
        complain("it has ended");
        return Exit.APP;
      }
      String state = now.get().text("state");
      if (state.equals("awake")) {
        return say("awake");
      }
      if (now.get().number("failed-wakes") > before.number("failed-wakes")) {
        complain("it cannot wake: " + now.get().text("last-error") + "; its log says more");
        return Exit.APP;
      }
      progress("waking", now.get());
      pause();
    }
  }

  private int awaitSleep() throws IOException {
    while (true) {
      Optional<Figures> now = figures();
      if (now.isEmpty() || now.get().text("state").matches("asleep|failing")) {
        return say("asleep");
      }
      if (System.nanoTime() - began > IDLE_NANOS) {
        return say("will sleep when it is idle: " + inFlight(now.get()));
      }
      pause();
    }
  }

  /**
   * Whether the new ones have come is told by their pids: the old ones stay if the jar cannot be loaded.
   */
  private int awaitReload(String said) throws IOException {
    Set<Long> old = staying(before);
    if (old.isEmpty()) {
      return say(said);
    }
    while (true) {
      Optional<Figures> now = figures();
      if (now.isEmpty() || !now.get().text("state").matches("waking|awake")) {
        return say("went to sleep meanwhile: the next wake reads the jar as it is then");
      }
      Figures figures = now.get();
      boolean answered = figures.find("stage").isPresent();
      if (answered && !figures.text("stage").equals("reloading")) {
        Set<Long> left = staying(figures);
        left.retainAll(old);
        if (left.isEmpty()) {
          return say("reloaded");
        }
        String why = figures.find("error").map(error -> ": " + error).orElse("");
        complain("the old workers stay" + why);
        return Exit.APP;
      }
      progress("reloading", figures);
      pause();
    }
  }

  private static Set<Long> staying(Figures figures) {
    return figures.workers().stream()
        .filter(worker -> !worker.state().equals("leaving"))
        .map(Figures.Worker::pid)
        .collect(Collectors.toSet());
  }

  private Optional<Figures> figures() throws IOException {
    return remote.ask("status").map(Figures::of);
  }

  /** A person who waits wants to know for what. */
  private void progress(String what, Figures now) {
    if (System.nanoTime() - told > PROGRESS_NANOS) {
      told = System.nanoTime();
      long seconds = TimeUnit.NANOSECONDS.toSeconds(told - began);
      String waiting = what + " for " + seconds + " s: " + inFlight(now);
      System.err.println(Plain.line(remote.name() + ": " + waiting));
    }
  }

  private static String inFlight(Figures now) {
    if (now.find("in-flight").isEmpty()) {
      return "the master does not say for what";
    }
    return Words.count(now.number("in-flight"), "request") + " in flight";
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts this thread", e);
    }
  }
}
