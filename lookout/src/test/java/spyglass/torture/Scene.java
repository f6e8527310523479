package spyglass.torture;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/** What all clients of one torture share. */
final class Scene {

  private final AtomicLong ids = new AtomicLong();
  private final Queue<Visit> visits = new ConcurrentLinkedQueue<>();
  private final int port;
  private final StageWatch watch;
  private final Tide tide;

  Scene(int port, StageWatch watch, Tide tide) {
    this.port = port;
    this.watch = watch;
    this.tide = tide;
  }

  int port() {
    return port;
  }

  Stage stage() {
    return watch.now();
  }

  Tide tide() {
    return tide;
  }

  long nextId() {
    return ids.incrementAndGet();
  }

  void add(Visit visit) {
    visits.add(visit);
  }

  Queue<Visit> visits() {
    return visits;
  }
}
