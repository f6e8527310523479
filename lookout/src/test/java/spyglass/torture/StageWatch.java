package spyglass.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Follows a server's log while it grows and knows what the server is about, five milliseconds late. */
final class StageWatch implements AutoCloseable {

  private static final long LOOK_MILLIS = 5;

  private final RandomAccessFile log;
  private final Stages stages = new Stages();
  private final Map<Stage, Long> times = new EnumMap<>(Stage.class);
  private final StringBuilder unfinished = new StringBuilder();
  private final Thread thread;
  private Stage now = Stage.ASLEEP;
  private boolean over;

  StageWatch(Path log) throws IOException {
    this.log = new RandomAccessFile(log.toFile(), "r");
    this.thread = Thread.ofPlatform().daemon().name("stage").start(this::follow);
  }

  private synchronized void follow() {
    byte[] some = new byte[1 << 16];
    try {
      while (!over) {
        int count = log.read(some);
        if (count > 0) {
          hear(new String(some, 0, count, StandardCharsets.ISO_8859_1));
        }
        enter(stages.at(System.nanoTime()));
        wait(LOOK_MILLIS);
      }
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException("cannot follow the log", e);
    }
  }

  private void hear(String more) {
    unfinished.append(more);
    int end = unfinished.indexOf("\n");
    while (end >= 0) {
      stages.hear(unfinished.substring(0, end), System.nanoTime());
      enter(stages.at(System.nanoTime()));
      unfinished.delete(0, end + 1);
      end = unfinished.indexOf("\n");
    }
  }

  private void enter(Stage next) {
    if (next != now) {
      now = next;
      times.merge(next, 1L, Long::sum);
      notifyAll();
    }
  }

  synchronized Stage now() {
    return now;
  }

  /** How often it has been entered. */
  synchronized long times(Stage stage) {
    return times.getOrDefault(stage, 0L);
  }

  /** Waits for a stage, so long and no longer; answers whether it came. */
  synchronized boolean await(Stage stage, long seconds) {
    return await(stage, times(stage) + (now == stage ? 0 : 1), seconds);
  }

  /** The same for a stage that may be over before anybody looks: waits for its entry of that number. */
  synchronized boolean await(Stage stage, long entries, long seconds) {
    long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    try {
      while (times(stage) < entries && until - System.nanoTime() > 0) {
        wait(100);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a test", e);
    }
    return times(stage) >= entries;
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      over = true;
      notifyAll();
    }
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a test", e);
    }
    log.close();
  }
}
