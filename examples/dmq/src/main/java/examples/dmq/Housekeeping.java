package examples.dmq;

import examples.dmq.stats.Figures;
import examples.dmq.stats.LogFile;
import examples.dmq.stats.Report;
import examples.dmq.wire.Node;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What is done now and then: figures are logged, consumers whose outbox was full are asked again, and
 * silent connections are closed, for an open connection keeps the node awake.
 */
final class Housekeeping {

  private static final long RETRY_MILLIS = 20;
  private static final long IDLE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Node node;
  private final LogFile log;
  private final Set<FirstByte> connections = ConcurrentHashMap.newKeySet();
  private final Thread thread = Thread.ofPlatform().daemon().name("dmq-clock").unstarted(this::run);
  private volatile Duration every = Duration.ofDays(1);
  private final CountDownLatch stopped = new CountDownLatch(1);
  private String last = "";

  Housekeeping(Node node, LogFile log) {
    this.node = node;
    this.log = log;
  }

  void start(Duration between) {
    every = between;
    thread.start();
  }

  private void run() {
    long told = System.nanoTime();
    while (rest()) {
      retry();
      hangUp();
      if (System.nanoTime() - told > every.toNanos()) {
        told = System.nanoTime();
        tell();
      }
    }
  }

  /** Whether there is to be another round. */
  private boolean rest() {
    try {
      return !stopped.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      return false;
    }
  }

  void watch(FirstByte connection) {
    connections.add(connection);
  }

  void forget(FirstByte connection) {
    connections.remove(connection);
  }

  private void retry() {
    try {
      node.channels().retry();
    } catch (IOException | RuntimeException e) {
      node.failures().line("consumers wait: " + e);
    }
  }

  private void hangUp() {
    for (FirstByte connection : connections) {
      if (connection.isIdle(IDLE_NANOS)) {
        connection.hangUp();
      }
    }
  }

  /** On the console only what has changed: a log in which nothing happens says nothing. */
  private void tell() {
    String report = Report.of(Figures.of(node.stats(), node.channels()));
    log.line(report);
    if (!report.equals(last)) {
      System.err.println("dmq: " + report);
      last = report;
    }
  }

  /**
   * Ends it, with a last word. Its thread is not interrupted: it may be writing to a queue's file, and the
   * JDK closes a file whose writer is.
   */
  void stop() throws InterruptedException {
    stopped.countDown();
    thread.join();
    tell();
  }
}
