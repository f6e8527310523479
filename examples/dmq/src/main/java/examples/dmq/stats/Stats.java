package examples.dmq.stats;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/** What was asked and sent since the process began. Any thread. */
public final class Stats {

  private final long begun = System.nanoTime();
  private final Map<Kind, LongAdder> requests = new EnumMap<>(Kind.class);
  private final LongAdder failed = new LongAdder();
  private final LongAdder received = new LongAdder();
  private final LongAdder sent = new LongAdder();
  private final AtomicInteger connections = new AtomicInteger();
  private final LongAdder delivered = new LongAdder();

  /** Nothing yet. */
  public Stats() {
    for (Kind kind : Kind.values()) {
      requests.put(kind, new LongAdder());
    }
  }

  /** Requests of a kind were answered. */
  public void requests(Kind kind, int count) {
    adder(kind).add(count);
  }

  private LongAdder adder(Kind kind) {
    return requests.getOrDefault(kind, failed);
  }

  /** One was refused. */
  public void failed() {
    failed.increment();
  }

  /** Bytes came from clients. */
  public void received(int bytes) {
    received.add(bytes);
  }

  /** Bytes went to clients. */
  public void sent(int bytes) {
    sent.add(bytes);
  }

  /** A record was delivered. */
  public void delivered() {
    delivered.increment();
  }

  /** Somebody connected: how many there are now. */
  public int opened() {
    return connections.incrementAndGet();
  }

  /** Somebody left. */
  public void closed() {
    connections.decrementAndGet();
  }

  /** Open connections. */
  public int connections() {
    return connections.get();
  }

  /** Requests of a kind, handled since the beginning. */
  public long requests(Kind kind) {
    return adder(kind).sum();
  }

  /** Requests that were refused. */
  public long refused() {
    return failed.sum();
  }

  /** Bytes that came. */
  public long bytesReceived() {
    return received.sum();
  }

  /** Bytes that went. */
  public long bytesSent() {
    return sent.sum();
  }

  /** Records that were delivered. */
  public long deliveries() {
    return delivered.sum();
  }

  /** Seconds since the process began. */
  public long seconds() {
    return (System.nanoTime() - begun) / 1_000_000_000L;
  }
}
