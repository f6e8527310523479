package spyglass.worker;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Tells the master how busy this worker is, in single bytes through a pipe.
 *
 * <p>A pipe holds 64 KiB and no more (pipe(7)): when the master is stopped or slow, a write to a full
 * one waits. A worker must never wait for its master, so one thread does all the writing and nobody
 * waits for it; what could not be told in time is told later in one go. (You will see it: {@code
 * kill -STOP} the master and send a few hundred thousand requests.)
 */
final class Heartbeat {

  /** How long the writer rests after each write: short work is told as one "()", not as many. */
  private static final long REST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

  private static final long BEAT_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final OutputStream pipe;
  private final AtomicInteger inFlight = new AtomicInteger();
  private final Thread writer;
  private volatile boolean worked;
  private volatile boolean writerWaits;

  Heartbeat(OutputStream pipe) {
    this.pipe = pipe;
    this.writer = Thread.ofPlatform().daemon().name("heartbeat").unstarted(this::write);
  }

  /** Says that the app is there, and begins to beat. */
  void ready() {
    writer.start();
  }

  /** One more request or connection that must not be cut short by sleep. Any thread. */
  void begin() {
    worked = true;
    if (inFlight.getAndIncrement() == 0 && writerWaits) {
      LockSupport.unpark(writer);
    }
  }

  /** One less. Any thread. */
  void end() {
    if (inFlight.decrementAndGet() == 0 && writerWaits) {
      LockSupport.unpark(writer);
    }
  }

  private void write() {
    try {
      pipe.write(Beat.READY);
      boolean told = false;
      while (true) {
        told = tell(told);
        LockSupport.parkNanos(this, REST_NANOS);
        await(told);
      }
    } catch (IOException e) {
      // EPIPE: there is no reader any more, so there is no master any more. The loop finds out for
      // itself within a second and drains; there is nobody left to tell anything.
    }
  }

  /** Writes what the master does not know yet; answers what it knows then: busy or not. */
  private boolean tell(boolean told) throws IOException {
    boolean hasWorked = worked;
    if (hasWorked) {
      // Only what was seen is taken back: work that began and ended since is for the next time.
      worked = false;
    }
    boolean busy = inFlight.get() > 0;
    if (busy && told) {
      pipe.write(Beat.STILL_BUSY);
    } else if (busy) {
      pipe.write(Beat.BUSY);
    } else if (told) {
      pipe.write(Beat.IDLE);
    } else if (hasWorked) {
      pipe.write(new byte[] {Beat.BUSY, Beat.IDLE});
    }
    return busy;
  }

  /** Waits for something to tell: a change, or a second of the same while busy. */
  private void await(boolean told) {
    long until = System.nanoTime() + BEAT_NANOS;
    writerWaits = true;
    while (unchanged(told)) {
      long left = until - System.nanoTime();
      if (!told) {
        LockSupport.park(this);
      } else if (left > 0) {
        LockSupport.parkNanos(this, left);
      } else {
        break;
      }
    }
    writerWaits = false;
  }

  private boolean unchanged(boolean told) {
    boolean busy = inFlight.get() > 0;
    return told ? busy : !busy && !worked;
  }
}
