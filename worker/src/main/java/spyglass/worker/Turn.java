package spyglass.worker;

import java.io.IOException;
import java.time.Duration;
import spyglass.http.Head;

/**
 * One request's time in the app. Two threads may want to answer it: the app's own, and the loop when
 * the app takes too long. Whoever speaks first has the word, and the other stays silent; two answers
 * to one request would be read as the answers to two.
 *
 * <p>Time that the app spends waiting for its client does not count: that has clocks of its own.
 */
final class Turn {

  private enum Voice {
    NOBODY,
    APP,
    LOOP
  }

  private final Head head;
  private final AppThreads threads;
  private final Thread thread = Thread.currentThread();
  private Voice voice;
  private long deadline;
  private long pausedAt;
  private boolean paused;
  private boolean ended;
  private boolean reader;
  private boolean aside;
  private long interruptedAt;
  private boolean toldStuck;

  /**
   * A turn that begins now, on this thread.
   *
   * @param most how long the app may be silent; zero for any time
   * @param threads where its thread has a place
   */
  Turn(Head head, Duration most, AppThreads threads) {
    this.head = head;
    this.threads = threads;
    this.voice = most.isZero() ? Voice.APP : Voice.NOBODY;
    this.deadline = System.nanoTime() + most.toNanos();
  }

  Head head() {
    return head;
  }

  /** Where the app is. */
  StackTraceElement[] place() {
    return thread.getStackTrace();
  }

  /**
   * The app is about to wait for its client.
   *
   * @param forReader whether it is one that does not read what it is sent: that can take half a
   *     minute and is nobody's fault here, so another may have the app's place meanwhile
   */
  void pause(boolean forReader) {
    synchronized (this) {
      paused = true;
      pausedAt = System.nanoTime();
    }
    reader = forReader && !ended;
    aside = reader && threads.stepAside();
  }

  /**
   * Whether the app waits for a slow reader and should not any longer; see {@link #pause}. Whoever
   * could not step aside before may have room to by now.
   */
  boolean isToHurry() {
    aside = aside || (reader && threads.stepAside());
    return reader && threads.isCrowded();
  }

  /** The client has moved. */
  void resume() {
    if (aside) {
      threads.stepBack();
    }
    synchronized (this) {
      paused = false;
      deadline += System.nanoTime() - pausedAt;
    }
  }

  /**
   * Takes the word for the app: to be called before the first byte of its answer, as often as one
   * likes.
   *
   * @throws IOException when the loop has answered already
   */
  synchronized void speak() throws IOException {
    if (voice == Voice.LOOP) {
      throw new IOException("the app took longer than --request-timeout");
    }
    voice = Voice.APP;
  }

  /** The app is done: from here on its thread is another's. */
  synchronized void end() {
    ended = true;
    if (voice == Voice.NOBODY) {
      voice = Voice.APP;
    }
  }

  /** Whether the loop has answered. */
  synchronized boolean isLate() {
    return voice == Voice.LOOP;
  }

  /**
   * Takes the word for the loop if the app's time is over, answers, and interrupts the app. All under
   * one lock: the app's thread finds out when the answer is sent and not before, and the interrupt
   * cannot meet its next request.
   */
  synchronized void expire(long now, Runnable answer) {
    if (voice == Voice.NOBODY && !paused && now - deadline >= 0) {
      voice = Voice.LOOP;
      answer.run();
      thread.interrupt();
      interruptedAt = now;
    }
  }

  /**
   * Whether the interrupt was in vain: the app has its thread still, so long after. True once, for then
   * somebody is told.
   */
  synchronized boolean isStuck(long now, Duration patience) {
    if (voice != Voice.LOOP || ended || toldStuck || now - interruptedAt < patience.toNanos()) {
      return false;
    }
    toldStuck = true;
    return true;
  }
}
