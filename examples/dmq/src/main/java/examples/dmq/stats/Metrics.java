package examples.dmq.stats;

import java.util.Locale;

/** Figures in the text format of Prometheus, version 0.0.4. */
public final class Metrics {

  private final StringBuilder out = new StringBuilder();

  private Metrics() {}

  /** All of it. */
  public static String of(Figures figures) {
    Metrics metrics = new Metrics();
    metrics.node(figures);
    metrics.channels(figures);
    metrics.queues(figures);
    return metrics.out.toString();
  }

  private void node(Figures figures) {
    Stats stats = figures.stats();
    head("dmq_connections", "gauge", "Open connections.");
    sample("dmq_connections", "", stats.connections());
    head("dmq_requests_total", "counter", "Requests handled, by kind.");
    for (Kind kind : Kind.values()) {
      sample("dmq_requests_total", "kind=\"" + kind + "\"", stats.requests(kind));
    }
    head("dmq_requests_failed_total", "counter", "Requests refused.");
    sample("dmq_requests_failed_total", "", stats.refused());
    head("dmq_received_bytes_total", "counter", "Bytes that came from clients.");
    sample("dmq_received_bytes_total", "", stats.bytesReceived());
    head("dmq_sent_bytes_total", "counter", "Bytes that went to clients.");
    sample("dmq_sent_bytes_total", "", stats.bytesSent());
    head("dmq_delivered_total", "counter", "Records delivered to URLs.");
    sample("dmq_delivered_total", "", stats.deliveries());
  }

  private void channels(Figures figures) {
    head("dmq_pushed_records_total", "counter", "Records pushed.");
    for (Figures.OfChannel channel : figures.channels()) {
      sample("dmq_pushed_records_total", label(channel), channel.counts().pushed());
    }
    head("dmq_pushed_bytes_total", "counter", "Bytes of the records pushed.");
    for (Figures.OfChannel channel : figures.channels()) {
      sample("dmq_pushed_bytes_total", label(channel), channel.counts().pushedBytes());
    }
    head("dmq_taken_records_total", "counter", "Records handed out.");
    for (Figures.OfChannel channel : figures.channels()) {
      sample("dmq_taken_records_total", label(channel), channel.counts().taken());
    }
  }

  private void queues(Figures figures) {
    head("dmq_records", "gauge", "Records that wait.");
    for (Figures.OfQueue queue : figures.queues()) {
      sample("dmq_records", label(queue), queue.records());
    }
    head("dmq_memory_used_bytes", "gauge", "Memory in use.");
    for (Figures.OfQueue queue : figures.queues()) {
      sample("dmq_memory_used_bytes", label(queue), queue.used());
    }
    head("dmq_memory_bytes", "gauge", "Memory there is.");
    for (Figures.OfQueue queue : figures.queues()) {
      sample("dmq_memory_bytes", label(queue), queue.size());
    }
    head("dmq_overflow_bytes", "gauge", "Bytes on disk that found no room in memory.");
    for (Figures.OfQueue queue : figures.queues()) {
      sample("dmq_overflow_bytes", label(queue), queue.overflow());
    }
    head("dmq_full_ratio", "gauge", "How full the memory is.");
    for (Figures.OfQueue queue : figures.queues()) {
      out.append(
          String.format(
              Locale.ROOT, "dmq_full_ratio{%s} %.4f%n", label(queue), queue.full() / 100));
    }
  }

  private static String label(Figures.OfChannel channel) {
    return "channel=\"" + channel.name() + "\"";
  }

  private static String label(Figures.OfQueue queue) {
    return "queue=\"" + queue.name() + "\"";
  }

  private void head(String name, String type, String help) {
    out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
  }

  private void sample(String name, String labels, long value) {
    out.append(name);
    if (!labels.isEmpty()) {
      out.append('{').append(labels).append('}');
    }
    out.append(' ').append(value).append('\n');
  }
}
