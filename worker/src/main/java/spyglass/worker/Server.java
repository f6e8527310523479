package spyglass.worker;

import java.util.concurrent.Semaphore;
import spyglass.http.App;

/** What all connections of a worker share. */
final class Server {

  private final Settings settings;
  private final App app;
  private final Heartbeat heartbeat;
  private final AppThreads threads;
  private final HttpDate date = new HttpDate();
  private final Memory memory;
  private final Semaphore slow;
  private volatile boolean keeping = true;

  Server(Settings settings, App app, Heartbeat heartbeat, AppThreads threads) {
    this.settings = settings;
    this.app = app;
    this.heartbeat = heartbeat;
    this.threads = threads;
    this.memory = new Memory(settings.bounds().buffered());
    this.slow = new Semaphore(Math.max(1, settings.threads() / 2));
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

  Settings settings() {
    return settings;
  }

  App app() {
    return app;
  }

  Heartbeat heartbeat() {
    return heartbeat;
  }

  AppThreads threads() {
    return threads;
  }

  Memory memory() {
    return memory;
  }

  HttpDate date() {
    return date;
  }

  /** Whether a connection may be used for another request. */
  boolean keeps() {
    return keeping;
  }

  void stopKeeping() {
    keeping = false;
  }
}
