package spyglass.worker;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The threads on which the app is called where the loop does not call it itself, and the places for all
 * calls, {@code --threads} of them. They are threads of the
 * operating system, not virtual ones, because an app may compute for seconds or wait in native code,
 * and must not hold up the others when it does.
 *
 * <p>A thread is started only when none is idle, so a quiet worker has one or two; a pool of the
 * JDK's would start all it may have before it used one twice.
 */
final class AppThreads {

  /** For each place, how many threads may wait for slow readers beside it. */
  static final int ASIDE = 4;

  private final int most;
  private final Runnable whenFree;
  private final Deque<Runnable> queue = new ArrayDeque<>();
  private int threads;
  private int idle;
  private int running;
  private int aside;

  /**
   * Makes no thread yet.
   *
   * @param most how many there may be
   * @param whenFree called when all were taken and one is free again
   */
  AppThreads(int most, Runnable whenFree) {
    this.most = most;
    this.whenFree = whenFree;
  }

  /** Has something done as soon as one of the threads is free. */
  synchronized void run(Runnable task) {
    queue.add(task);
    wakeOne();
  }

  private void wakeOne() {
    if (running >= most) {
      return;
    }
    if (idle > 0) {
      notify();
    }
    if (idle < queue.size() && threads < most + aside) {
      startThread();
    }
  }

  /**
   * Takes a place for the caller's own thread, if one is free and nobody waits for it. Who has one
   * may do with it what the threads here may, and gives it back with {@link #leave}.
   */
  synchronized boolean tryEnter() {
    boolean free = running < most && queue.isEmpty();
    running += free ? 1 : 0;
    return free;
  }

  /**
   * Gives a place back.
   *
   * @return whether all were taken until now
   */
  synchronized boolean leave() {
    boolean wasFull = done();
    if (!queue.isEmpty()) {
      wakeOne();
    }
    return wasFull;
  }

  /** How many are in the app, or wait for that. */
  private int load() {
    return running + queue.size();
  }

  /**
   * The thread that says this is about to wait until a client has read what it was sent. That can
   * take half a minute and is nobody's fault here, so another may have its place meanwhile: else a
   * few dozen clients who ask for much and read nothing would stop everybody. With one thread the app
   * was promised to be called by one at a time, and nobody steps aside.
   *
   * @return whether there was room aside; if so, say {@link #stepBack} afterwards
   */
  public boolean stepAside() {
    boolean wasFull;
    synchronized (this) {
      if (most == 1 || aside == most * ASIDE) {
        return false;
      }
      wasFull = load() == most;
      aside++;
      running--;
      if (!queue.isEmpty()) {
        wakeOne();
      }
    }
    if (wasFull) {
      whenFree.run();
    }
    return true;
  }

  public synchronized boolean isCrowded() {
    return most > 1 && aside >= most * ASIDE / 2 && load() >= most;
  }

  /** The waiting is over. Whoever stood in goes on to the end of its task, and not further. */
  public synchronized void stepBack() {
    aside--;
    running++;
    if (surplus()) {
      notify();
    }
  }

  private boolean surplus() {
    return threads > most + aside;
  }

  private void startThread() {
    Thread thread = Thread.ofPlatform().daemon().name("app-" + (threads + 1)).unstarted(this::work);
    try {
      thread.start();
      threads++;
    } catch (OutOfMemoryError e) {
      // What the JVM says when the kernel grants no more threads (ulimit -u, a container's limit).
      // With some there already, the task waits for one of them.
      if (threads == 0) {
        queue.removeLast();
        throw e;
      }
    }
  }

  /** Whether one more task would have to wait. */
  synchronized boolean full() {
    return load() >= most;
  }

  /** How many tasks wait for a thread. */
  synchronized int waiting() {
    return queue.size();
  }

  /** How many threads wait for a task. */
  synchronized int idle() {
    return idle;
  }

  private void work() {
    for (Runnable task = take(); task != null; task = take()) {
      // An app may have interrupted its own thread; that must not reach another's request.
      Thread.interrupted();
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        // The connection has been cut and the log has been told, if it could be. The thread is
        // fine.
      }
      if (done()) {
        whenFree.run();
      }
    }
  }

  private synchronized boolean done() {
    running--;
    return load() == most - 1;
  }

  /** The next task, or null for a thread that is one too many. */
  private synchronized @Nullable Runnable take() {
    idle++;
    while ((queue.isEmpty() || running >= most) && !surplus()) {
      try {
        wait();
      } catch (InterruptedException e) {
        // An app has interrupted its thread and left it at that: it means nothing to the next task.
      }
    }
    idle--;
    if (surplus()) {
      threads--;
      notify(); // in case it was a task that woke us
      return null;
    }
    running++;
    return queue.remove();
  }
}
