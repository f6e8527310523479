package spyglass.log;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * Lines on their way to the log, for those who must not wait for its reader. A write to a pipe that is
 * full waits until somebody reads (pipe(7)), which may be never: a terminal was stopped by Ctrl-S, a
 * collector of logs hangs. The process that waits there answers no request and no signal. Descriptor 2
 * could be told not to wait (O_NONBLOCK), but it is the same for all who share it, and most of them do not
 * expect that. So a thread does the writing, which begins with the first line and ends when there has been
 * none for a moment. (You will see it: {@code spyglass -vvv app.jar 2>&1 | sleep 60}, and many requests.)
 *
 * <p>What does not fit any more is dropped, and counted; the place where it is missing is told in the log.
 * The same with lines that could not be written, as on a full disk. Any thread.
 */
final class Lines implements Runnable {

  /** So much waits at most. A line is some 100 bytes, and a pipe holds 64 KiB itself. */
  static final int MOST_BYTES = 1 << 20;

  /** What a line costs beyond its bytes. */
  private static final int OVERHEAD = 32;

  private static final long IDLE_MILLIS = 100;

  /** How long a process that leaves waits for its last lines, all in all. */
  private static final long LAST_WORDS_MILLIS = 1000;

  private static final String UNREAD = "nobody read it";

  private final OutputStream out;
  private final String who;
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>();
  private int bytes;
  private long dropped;
  private boolean hasWriter;
  private boolean writing;
  private boolean leaving;
  private long patience = LAST_WORDS_MILLIS;

  /** What could not be written, and why; of the one who writes. */
  private long failed;

  private String failure = UNREAD;

  /**
   * Nothing to write yet.
   *
   * @param who begins the lines that are our own
   */
  Lines(OutputStream out, String who) {
    this.out = out;
    this.who = who;
    try {
      Runtime.getRuntime().addShutdownHook(new Thread(new Last(this), "log"));
    } catch (IllegalStateException e) {
      // The exit has begun, and each line may be the last.
      leaving = true;
    }
  }

  /** The end of the process: waits for what was said so far, a little. */
  private record Last(Lines lines) implements Runnable {
    @Override
    public void run() {
      lines.leave();
    }
  }

  /** One line, with its end, as a whole. Returns at once, or when the process leaves, soon. */
  void add(byte[] line) {
    if (queue(line)) {
      begin();
    }
    if (isLeaving()) {
      flush();
    }
  }

  private void begin() {
    try {
      Thread thread = new Thread(null, this, "log", 0, false);
      thread.setDaemon(true);
      thread.start();
    } catch (OutOfMemoryError e) {
      // No thread is to be had. That is what the line may say, so somebody must hear of it.
      writeAll(0);
    }
  }

  /** Answers whether somebody has to begin to write. */
  private synchronized boolean queue(byte[] line) {
    if (bytes > 0 && bytes + line.length + OVERHEAD > MOST_BYTES) {
      dropped++;
      return false;
    }
    if (dropped > 0) {
      put(lost(dropped, UNREAD));
      dropped = 0;
    }
    put(line);
    if (hasWriter) {
      notifyAll();
      return false;
    }
    hasWriter = true;
    return true;
  }

  private void put(byte[] line) {
    waiting.add(line);
    bytes += line.length + OVERHEAD;
  }

  private byte[] lost(long count, String why) {
    String lines = count == 1 ? " line of the log was lost: " : " lines of the log were lost: ";
    return (who + "warning: " + count + lines + why + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void run() {
    writeAll(IDLE_MILLIS);
  }

  private void writeAll(long idleMillis) {
    boolean inOrder = false;
    try {
      byte[] line = next(idleMillis);
      while (line != null) {
        write(line);
        line = next(idleMillis);
      }
      inOrder = true;
    } finally {
      if (!inOrder) {
        giveUp();
      }
    }
  }

  /** An app has taken all memory, perhaps: the next line is the next attempt. */
  private synchronized void giveUp() {
    hasWriter = false;
    writing = false;
    notifyAll();
  }

  /** What is to be written next. When there has been nothing for so long, nobody writes any more. */
  private synchronized byte @Nullable [] next(long idleMillis) {
    writing = false;
    if (waiting.isEmpty()) {
      notifyAll();
      pause(idleMillis);
    }
    byte[] line = waiting.poll();
    if (line == null) {
      hasWriter = false;
      return null;
    }
    bytes -= line.length + OVERHEAD;
    if (waiting.isEmpty() && dropped > 0) {
      put(lost(dropped, UNREAD));
      dropped = 0;
    }
    writing = true;
    return line;
  }

  private synchronized void pause(long millis) {
    long until = System.nanoTime() + millis * 1_000_000;
    try {
      for (long left = millis; left > 0 && waiting.isEmpty() && !leaving; ) {
        wait(left);
        left = (until - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      // Nobody does that; then there is no pause.
    }
  }

  private void write(byte[] line) {
    try {
      if (failed > 0) {
        out.write(lost(failed, failure));
        failed = 0;
      }
      out.write(line);
    } catch (IOException e) {
      // The reader is gone, or the disk is full. It is no reason to stop serving.
      failed++;
      failure = String.valueOf(e.getMessage());
    }
  }

  private synchronized void leave() {
    leaving = true;
    flush();
  }

  private synchronized boolean isLeaving() {
    return leaving;
  }

  /** Waits until all is written, but not for ever. */
  synchronized void flush() {
    try {
      while (patience > 0 && hasWriter && (writing || !waiting.isEmpty())) {
        long began = System.nanoTime();
        wait(patience);
        patience -= Math.max(1, (System.nanoTime() - began) / 1_000_000);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
