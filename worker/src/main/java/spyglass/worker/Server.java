package spyglass.worker;

import java.nio.channels.SocketChannel;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import spyglass.http.HeadMemo;

/** What all connections of a worker share. */
final class Server {

  private final Settings settings;
  private final Heartbeat heartbeat;
  private final AppThreads threads;
  private final Helm helm;
  private final Door door;
  private final Executor loop;
  private final Shutdown shutdown;
  private final HttpDate date = new HttpDate();
  private final HeadMemo heads = new HeadMemo();
  private final Memory memory;
  private final Backlog backlog;
  private final Semaphore slow;
  private final Probe probe;

  Server(
      Settings settings,
      Heartbeat heartbeat,
      AppThreads threads,
      Helm helm,
      Door door,
      Executor loop,
      Shutdown shutdown) {
    this.shutdown = shutdown;
    this.settings = settings;
    this.heartbeat = heartbeat;
    this.threads = threads;
    this.helm = helm;
    this.door = door;
    this.loop = loop;
    this.memory = new Memory(settings.bounds().buffered());
    this.backlog = new Backlog(settings.bounds().messages());
    this.slow = new Semaphore(Math.max(1, settings.threads() / 2));
    this.probe = new Probe(settings.probe());
  }

  /**
   * Leave to call the app for a request whose body is not there yet. Half of the threads may be so
   * spent; the other half is for those who can be answered at once. Give it back.
   */
  boolean tryTakeSlow() {
    return slow.tryAcquire();
  }

  void giveBackSlow() {
    slow.release();
  }

  /** Which requests are health checks. */
  Probe probe() {
    return probe;
  }

  Settings settings() {
    return settings;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  /** What runs an app's code beside the loop. */
  AppThreads threads() {
    return threads;
  }

  /** What leads the loop, and calls the app from it. */
  Helm helm() {
    return helm;
  }

  /** Has something done by the loop's own thread. */
  Executor loop() {
    return loop;
  }

  /** The messages that wait to be executed, of all connections. */
  Backlog backlog() {
    return backlog;
  }

  Memory memory() {
    return memory;
  }

  /** The heads that clients have sent so far. */
  HeadMemo heads() {
    return heads;
  }

  HttpDate date() {
    return date;
  }

  /**
   * Something of the app's was thrown, caught and told. One thing may be more than one request's
   * trouble: no memory. One that wanted too much has failed alone; but when the heap is full without
   * it, every other will fail too, and this process had better make room for a fresh one. Any thread.
   */
  void failed(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError && isHeapFull()) {
      shutdown.giveUp("there is no memory left (--heap)");
    }
  }

  private static boolean isHeapFull() {
    // What the failed request had is garbage by now. The collector has just run in vain; once more
    // costs little.
    System.gc();
    Runtime heap = Runtime.getRuntime();
    return heap.totalMemory() - heap.freeMemory() > heap.maxMemory() / 4 * 3;
  }

  /** Whether this worker is to leave. */
  boolean isDraining() {
    return shutdown.isOrdered();
  }

  /** Whether somebody may wait outside for a connection to end. */
  boolean isCrowded() {
    return door.isCrowded();
  }

  /** Whether a connection may be used for another request. */
  boolean keeps() {
    return !isDraining() && !isCrowded();
  }

  /** A connection is closed: somebody else may come in. Any thread, any number of times. */
  void closed(SocketChannel channel) {
    door.closed(channel);
  }
}
