package spyglass.worker;

import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicBoolean;
import spyglass.life.Hold;
import spyglass.life.Life;
import spyglass.life.WakeReason;
import spyglass.process.Wake;

/**
 * The life of an app in a worker.
 *
 * @param heartbeat what tells the master that there is work
 */
record WorkerLife(Heartbeat heartbeat) implements Life {

  /** The system property in which an app finds where it may keep things; see Commands. */
  private static final String DATA = "spyglass.data";

  @Override
  public Path data() {
    return Path.of(System.getProperty(DATA, ""));
  }

  @Override
  public WakeReason wakeReason() {
    return WakeReason.valueOf(Wake.reason().toUpperCase(Locale.ROOT));
  }

  @Override
  public System.Logger log() {
    return System.getLogger("app");
  }

  @Override
  public Hold hold() {
    heartbeat.begin();
    return new Held(heartbeat, new AtomicBoolean());
  }

  /** Work for as long as it is open. What was done without a visitor is no visit. */
  private record Held(Heartbeat heartbeat, AtomicBoolean closed) implements Hold {
    @Override
    public void close() {
      if (!closed.getAndSet(true)) {
        heartbeat.end(false);
      }
    }
  }
}
