package spyglass.worker;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import spyglass.process.Task;

/**
 * Who leads the loop. There are two threads for it. One leads, and calls the app itself where a request
 * is whole: that a request changes threads twice, there and back, costs more than most apps do. The
 * other looks every two milliseconds whether the leader is still in the same call. If so, and if that call
 * waits, or has computed for ten milliseconds, it leads from then on, and nobody waits for the app but the
 * one client whose request it is; the call goes on where it is,
 * as if on one of the {@link AppThreads}, and who made it is the next to look after the other. Until then
 * all calls are theirs.
 *
 * <p>This pattern is known as leader and followers. An app whose calls take long on the whole is not
 * called here, but now and then to see whether that is still so.
 */
final class Helm {

  /** What becomes of a leader after a round. */
  enum After {
    AGAIN,
    LOST,
    OVER
  }

  /** What a leader does, again and again. */
  interface Round {
    After go() throws IOException;
  }

  /** Calls have odd numbers, so one in eight is measured: to look at the clock costs more than much else. */
  private static final int SAMPLE = 16;

  private final Round round;
  private final AppThreads threads;
  private final Runnable wake;
  private final Haste haste = new Haste();
  private final Queue<Runnable> soon = new ArrayDeque<>();
  private final Calls calls = new Calls();
  private volatile @Nullable Thread leading;
  private @Nullable Thread deputy;
  private volatile boolean away;
  private volatile boolean over;
  private @Nullable Thread caller;
  private @Nullable Throwable failure;

  /**
   * Nobody leads yet.
   *
   * @param round what a leader does
   * @param threads who makes the calls that are not made here, and counts all of them
   * @param wake has the loop look around
   */
  Helm(Round round, AppThreads threads, Runnable wake) {
    this.round = round;
    this.threads = threads;
    this.wake = wake;
  }

  /** Leads to the end. The caller only waits: no app's code, which may never return, is run on its thread. */
  void run() throws IOException {
    caller = Thread.currentThread();
    start("loop-1", () -> serve(true));
    while (!over) {
      LockSupport.park(this);
    }
    switch (failure) {
      case null -> {}
      case IOException e -> throw e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalStateException(failure);
    }
  }

  private static Thread start(String name, Runnable work) {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(work);
    thread.start();
    return thread;
  }

  private void serve(boolean first) {
    try {
      Task task = first ? Task.UNKNOWN : Task.current();
      boolean leads = first;
      while (leads || standBy()) {
        leads = false;
        calls.led(task);
        leading = Thread.currentThread();
        if (lead() == After.OVER) {
          end(null);
        }
        task = current();
      }
    } catch (Throwable e) {
      // Of whatever kind: a loop that nobody leads would be deaf, and nobody would know.
      end(e);
    }
  }

  /** Who leads no more must not end the loop of who does. */
  private static Task current() {
    try {
      return Task.current();
    } catch (OutOfMemoryError e) {
      return Task.UNKNOWN;
    }
  }

  private After lead() throws IOException {
    After after = After.AGAIN;
    while (after == After.AGAIN && !over) {
      // An app may interrupt a thread that has called it; to a selector it would mean something.
      Thread.interrupted();
      after = round.go();
    }
    return after;
  }

  private void end(@Nullable Throwable why) {
    failure = why;
    over = true;
    calls.end();
    LockSupport.unpark(caller);
  }

  /**
   * Waits until the leader stays in a call, and takes over.
   *
   * @return false when there is nothing to lead any more
   */
  private boolean standBy() {
    away = false;
    for (long call = calls.awaitStuck(); call != Calls.NONE; call = calls.awaitStuck()) {
      // Said before it is done: once it is done, the other may be back at any time.
      away = true;
      if (calls.takeOver(call)) {
        return true;
      }
      away = false;
    }
    return false;
  }

  /**
   * Has the loop look around, if it is not the caller who leads it: until then a channel that was
   * closed keeps its descriptor. Any thread.
   */
  void nudge() {
    if (!Thread.currentThread().equals(leading)) {
      wake.run();
    }
  }

  /** Has the app called before the loop goes on, or on another thread. Leader only. */
  void soon(Runnable call) {
    soon.add(call);
  }

  /**
   * Makes the calls that are to be made soon. Leader only.
   *
   * @return whether the caller leads still; if not, the loop and all that belongs to it is another's
   */
  boolean call() {
    boolean leads = true;
    while (leads && !soon.isEmpty()) {
      Runnable call = soon.remove();
      if (haste.isInHaste() && hasDeputy() && threads.tryEnter()) {
        leads = callHere(call);
      } else {
        callElsewhere(call);
      }
    }
    return leads;
  }

  private void callElsewhere(Runnable call) {
    try {
      threads.run(call);
    } catch (OutOfMemoryError e) {
      // The kernel grants no thread, not even one. All wait for this call, but all are answered.
      run(call);
    }
  }

  private static void run(Runnable call) {
    // An app may have interrupted its own thread; that must not reach another's request.
    Thread.interrupted();
    try {
      call.run();
    } catch (RuntimeException | Error e) {
      // The connection has been cut and the log has been told, if it could be.
    }
  }

  private boolean hasDeputy() {
    if (deputy == null) {
      try {
        deputy = start("loop-2", () -> serve(false));
      } catch (OutOfMemoryError e) {
        // The kernel grants no more threads.
        return false;
      }
    }
    return !away;
  }

  private boolean callHere(Runnable call) {
    long number = calls.begin();
    boolean measured = haste.isInDoubt() || number % SAMPLE == 1;
    long begun = measured ? System.nanoTime() : 0;
    run(call);
    boolean leads = calls.end(number);
    if (!leads) {
      haste.tookLong();
    } else if (measured) {
      haste.took(System.nanoTime() - begun);
    }
    if (threads.leave() && !leads) {
      wake.run();
    }
    return leads;
  }
}
