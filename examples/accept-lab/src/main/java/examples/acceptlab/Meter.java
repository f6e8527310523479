package examples.acceptlab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the processes of a server have used between two moments.
 *
 * <p>CPU time is exact to 10 ms for each process: when one ends, its time is added to its parent's.
 * Context switches are added to nobody's, so they are looked at again and again, and what a process
 * did after the last look is missing. For {@code spawn} the figure is too low.
 */
final class Meter {

  private static final int LOOK_MILLIS = 25;

  private final Supplier<List<Long>> pids;
  private final Map<Long, Long> first = new HashMap<>();
  private final Map<Long, Long> last = new HashMap<>();
  private long ticks;
  private volatile boolean running = true;
  private final Thread looking = Thread.ofPlatform().daemon().unstarted(this::keepLooking);

  /**
   * What was used.
   *
   * @param cpuMillis of all processes together
   * @param switches of all threads together, at least
   */
  record Used(long cpuMillis, long switches) {}

  private Meter(Supplier<List<Long>> pids) {
    this.pids = pids;
  }

  static Meter start(Supplier<List<Long>> pids) {
    Meter meter = new Meter(pids);
    meter.look();
    meter.first.putAll(meter.last);
    meter.ticks = meter.ticksNow();
    meter.looking.start();
    return meter;
  }

  Used stop() throws InterruptedException {
    running = false;
    looking.join();
    look();
    long switches = 0;
    for (Map.Entry<Long, Long> entry : last.entrySet()) {
      switches += entry.getValue() - first.getOrDefault(entry.getKey(), 0L);
    }
    return new Used((ticksNow() - ticks) * 10, switches);
  }

  private void keepLooking() {
    while (running) {
      look();
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void look() {
    for (long pid : pids.get()) {
      last.merge(pid, Proc.switches(pid), Math::max);
    }
  }

  private long ticksNow() {
    return pids.get().stream().flatMap(pid -> Proc.of(pid).stream()).mapToLong(Proc::ticks).sum();
  }
}
