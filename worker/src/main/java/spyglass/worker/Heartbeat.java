package spyglass.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import spyglass.process.Timeline;

/**
 * Tells the master how busy this worker is, in single bytes through a pipe; see {@link Beat}.
 *
 * <p>A pipe holds 64 KiB and no more (pipe(7)): when the master is stopped or slow, a write to a full
 * one waits. A worker must never wait for its master, so one thread does all the writing and nobody
 * waits for it; what could not be told in time is told later in one go. (You will see it: {@code
 * kill -STOP} the master and send a few hundred thousand requests.) Everybody else only counts.
 */
final class Heartbeat implements AutoCloseable {

  /** How long the writer rests after each write: short work is told as one "()", not as many. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** How long a worker that leaves waits for its last word: the master may be stopped. */
  private static final long LAST_WORD_MILLIS = 500;

  /** How long a master that has not booted yet waits at most for the first answer, once we are ready. */
  private static final long PRECEDENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  /** After so long the master boots without having been told to; see BootScript. */
  private static final long PATIENCE_MILLIS = 1000;

  private final OutputStream pipe;
  private final Timeline timeline;
  private final boolean goesFirst;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final AtomicLong served = new AtomicLong();
  private final AtomicInteger stuck = new AtomicInteger();
  private final Thread writer;
  private volatile boolean visited;
  private volatile boolean writerWaits;
  private volatile boolean leaving;
  private volatile boolean unsaved;
  private volatile boolean closing;

  /** What the master knows; the writer's own. */
  private News told = News.NONE;

  /**
   * Says nothing yet.
   *
   * @param pipe to the master
   * @param timeline what the wake spends its time with
   * @param goesFirst whether the master boots when we have told it to
   */
  Heartbeat(OutputStream pipe, Timeline timeline, boolean goesFirst) {
    this.pipe = pipe;
    this.timeline = timeline;
    this.goesFirst = goesFirst;
    this.writer = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::write);
  }

  /** Says that the app is there, and begins to beat. */
  void ready() {
    writer.start();
  }

  /** One more request or connection that must not be cut short by sleep. Any thread. */
  void begin() {
    if (inFlight.getAndIncrement() == 0) {
      wakeWriter();
    }
  }

  /**
   * One less. Any thread.
   *
   * @param visit whether it counts as a visit
   */
  void end(boolean visit) {
    if (visit) {
      // Before the count goes down: who sees it at zero must see the visit.
      visited = true;
    }
    if (inFlight.decrementAndGet() == 0) {
      wakeWriter();
    }
  }

  /** One more request is answered. Any thread. */
  void served() {
    if (served.incrementAndGet() == 1) {
      timeline.reached("first answer sent");
      LockSupport.unpark(writer);
    }
  }

  /** Whether any was. Any thread. */
  boolean hasServed() {
    return served.get() > 0;
  }

  /** A thread of the app's does not come back. Any thread. */
  void stuck() {
    stuck.incrementAndGet();
    wakeWriter();
  }

  /** This worker accepts nobody any more. Any thread. */
  void leaving() {
    leaving = true;
    wakeWriter();
  }

  /** The app has not put away what it keeps. Any thread. */
  void unsaved() {
    unsaved = true;
    wakeWriter();
  }

  /** Says what there still is to say, unless that takes long, and says nothing more. */
  @Override
  public void close() {
    closing = true;
    LockSupport.unpark(writer);
    try {
      writer.join(LAST_WORD_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void wakeWriter() {
    if (writerWaits) {
      LockSupport.unpark(writer);
    }
  }

  private void write() {
    try {
      pipe.write((precedence() + (char) Beat.READY).getBytes(StandardCharsets.US_ASCII));
      while (!closing) {
        tell();
        rest();
        await();
      }
      tell();
    } catch (IOException e) {
      // EPIPE: there is no reader any more, so there is no master any more. The loop finds out for
      // itself within a second and drains; there is nobody left to tell anything.
    }
  }

  /**
   * The line for which a shell waits that is to become our master: how long the wake has taken until we
   * were ready. Somebody is to have an answer first, as the master will take a processor for itself.
   */
  private String precedence() {
    if (!goesFirst) {
      return "";
    }
    long ready = timeline.elapsed();
    long until = System.nanoTime() + PRECEDENCE_NANOS;
    long left = ready < PATIENCE_MILLIS ? PRECEDENCE_NANOS : 0;
    while (left > 0 && served.get() == 0 && !closing) {
      LockSupport.parkNanos(this, left);
      left = until - System.nanoTime();
    }
    return ready + "\n";
  }

  /** Writes what the master does not know yet, in one write. */
  private void tell() throws IOException {
    try {
      byte[] news = news();
      if (news.length > 0) {
        pipe.write(news);
      }
    } catch (OutOfMemoryError e) {
      // An app has taken it all. A worker that fell silent for that would look idle, and be put to
      // sleep with its requests; so this is tried again with the next beat.
      visited = true;
    }
  }

  private byte[] news() throws IOException {
    // The level first, then what there was before it: a visit that ends in between is told now, and
    // work that begins in between is told next time.
    int now = inFlight.get();
    boolean visit = visited;
    if (visit) {
      visited = false;
    }
    News news = new News(now, visit, served.get(), stuck.get(), leaving, unsaved);
    // A visit that is over while others go on is told with the end of those.
    if (news.isBusy() && visit) {
      visited = true;
    }
    byte[] bytes = news.since(told);
    told = news;
    return bytes;
  }

  private void rest() {
    long until = System.nanoTime() + REST_NANOS;
    for (long left = REST_NANOS; left > 0 && !closing; left = until - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
  }

  /** Waits for something to tell: a change, or a second of the same while busy. */
  private void await() {
    long until = System.nanoTime() + BEAT_NANOS;
    writerWaits = true;
    while (unchanged()) {
      long left = until - System.nanoTime();
      if (!told.isBusy()) {
        LockSupport.park(this);
      } else if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        break;
      }
    }
    writerWaits = false;
  }

  /** What was answered while busy is told with the next beat: it alone is no reason to wake anybody. */
  private boolean unchanged() {
    boolean busy = inFlight.get() > 0;
    return busy == told.isBusy()
        && (busy || !visited)
        && stuck.get() == told.stuck()
        && leaving == told.leaving()
        && unsaved == told.unsaved()
        && !closing;
  }
}
