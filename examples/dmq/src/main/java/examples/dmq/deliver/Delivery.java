package examples.dmq.deliver;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Line;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import spyglass.life.Hold;

/**
 * Posts the records of one queue to a URL, one after another. The next one is posted when the one before
 * was answered with 2xx; until then it stays where it is, so that one whose answer is lost is posted
 * again: at least once, in order.
 */
final class Delivery {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

  private final Deliveries all;
  private final Channel channel;
  private final Line line;
  private final URI uri;
  private final Thread thread;
  private @Nullable Hold hold;

  /** When it began to try this record, as System.nanoTime has it; 0 when there is none. */
  private long since;

  /** What was posted last, so that it can be given up. */
  private Future<?> posted = CompletableFuture.completedFuture("nothing");

  private boolean news = true;
  private boolean stopped;

  Delivery(Deliveries all, Channel channel, Line line, URI uri) {
    this.all = all;
    this.channel = channel;
    this.line = line;
    this.uri = uri;
    this.thread = Thread.ofVirtual().name("delivery").unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  URI uri() {
    return uri;
  }

  boolean isOf(Channel other) {
    return channel == other;
  }

  /** There may be something to deliver. */
  synchronized void look() {
    news = true;
    notifyAll();
  }

  /**
   * Ends it; what is on its way is given up, and may be posted again some day. Its thread is not
   * interrupted: it may be writing to the queue's file, and the JDK closes a file whose writer is.
   */
  void stop() {
    Future<?> underWay;
    synchronized (this) {
      stopped = true;
      notifyAll();
      underWay = posted;
    }
    underWay.cancel(true);
  }

  void join(Duration patience) throws InterruptedException {
    thread.join(patience);
  }

  private void run() {
    Duration pause = FIRST_PAUSE;
    try {
      while (!isStopped()) {
        if (step()) {
          pause = FIRST_PAUSE;
        } else {
          rest(pause);
          pause = pause.multipliedBy(2);
          pause = pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
        }
      }
    } catch (InterruptedException e) {
      // Nobody does that; but then it has ended.
    } finally {
      release();
    }
  }

  /** Delivers a record, or waits for one; whether that went well. */
  private boolean step() throws InterruptedException {
    try {
      byte[] record = first();
      if (record == null) {
        release();
        await();
        return true;
      }
      boolean delivered = post(record);
      since = delivered ? 0 : since;
      return delivered;
    } catch (IOException | RuntimeException e) {
      // A disk that is full may have room again.
      all.failed(line.queue().name(), uri, "the queue's disk: " + e);
      return false;
    }
  }

  /** The first record, and the node awake; null when there is none. */
  private byte @Nullable [] first() throws IOException {
    synchronized (channel) {
      if (isStopped()) {
        return null;
      }
      int length = line.queue().next();
      if (length < 0) {
        return null;
      }
      long mark = line.queue().mark();
      byte[] record = new byte[length];
      line.queue().take(record, 0);
      line.queue().back(mark, 1);
      keepAwake();
      return record;
    }
  }

  private synchronized void keepAwake() {
    if (since == 0) {
      since = System.nanoTime();
      hold = hold == null ? all.hold() : hold;
    }
  }

  private boolean post(byte[] record) throws IOException, InterruptedException {
    String why;
    try {
      int status = Post.status(begin(record), Post.ANSWER);
      if (status / 100 == 2) {
        done(record);
        return true;
      }
      why = "answered " + status;
    } catch (IOException | CancellationException e) {
      if (isStopped()) {
        return true;
      }
      why = e.getClass().getSimpleName() + ": " + e.getMessage();
    }
    all.failed(line.queue().name(), uri, why);
    return false;
  }

  private Future<HttpResponse<Void>> begin(byte[] record) {
    Future<HttpResponse<Void>> answer = all.post(uri, line.queue().name(), record);
    boolean late;
    synchronized (this) {
      posted = answer;
      late = stopped;
    }
    if (late) {
      answer.cancel(true);
    }
    return answer;
  }

  private void done(byte[] record) throws IOException {
    synchronized (channel) {
      if (isStopped()) {
        return;
      }
      line.took(record);
    }
    line.queue().commit();
    all.delivered();
  }

  private synchronized void await() throws InterruptedException {
    while (!news && !stopped) {
      wait();
    }
    news = false;
    since = 0;
  }

  /** Nobody answers. For some minutes the node stays awake for that, then it may sleep. */
  private synchronized void rest(Duration pause) throws InterruptedException {
    if (System.nanoTime() - since > all.patience().toNanos()) {
      release();
    }
    long until = System.nanoTime() + pause.toNanos();
    for (long left = pause.toMillis(); left > 0 && !stopped; ) {
      wait(left);
      left = (until - System.nanoTime()) / 1_000_000;
    }
  }

  private synchronized void release() {
    if (hold != null) {
      hold.close();
      hold = null;
    }
  }

  private synchronized boolean isStopped() {
    return stopped;
  }
}
