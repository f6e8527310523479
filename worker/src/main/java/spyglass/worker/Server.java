package spyglass.worker;

import spyglass.http.App;

/** What all connections of a worker share. */
final class Server {

  private final Settings settings;
  private final App app;
  private final Heartbeat heartbeat;
  private final AppThreads threads;
  private final HttpDate date = new HttpDate();
  private volatile boolean keeping = true;

  Server(Settings settings, App app, Heartbeat heartbeat, AppThreads threads) {
    this.settings = settings;
    this.app = app;
    this.heartbeat = heartbeat;
    this.threads = threads;
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
