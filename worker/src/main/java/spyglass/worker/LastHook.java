package spyglass.worker;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last that an app is called for: to put away what it keeps in memory. The master waits for it, as
 * the process that has not ended; it ends it two seconds after {@code --drain} if it must. A worker
 * without a master has to do that itself.
 *
 * @param service what is to put away what it keeps
 * @param heartbeat who tells if it cannot
 * @param end what ends this process at once
 */
record LastHook(Service service, Heartbeat heartbeat, Runnable end) {

  private static final Logger LOG = LoggerFactory.getLogger("Worker");

  private static final Duration GRACE = Duration.ofSeconds(2);

  void call(Duration patience) {
    Duration longest = patience.plus(GRACE);
    Thread limit = Thread.ofPlatform().daemon().name("sleep").start(() -> limit(longest));
    try {
      service.sleep(Instant.now().plus(patience));
    } catch (Exception | Error e) {
      heartbeat.unsaved();
      LOG.error("the app could not put away what it keeps, and that is lost", e);
    } finally {
      limit.interrupt();
    }
  }

  private void limit(Duration longest) {
    try {
      Thread.sleep(longest);
      LOG.error("the app has not put away what it keeps within --drain: the rest is lost");
      heartbeat.unsaved();
      heartbeat.close();
      end.run();
    } catch (InterruptedException e) {
      // It is done.
    }
  }
}
