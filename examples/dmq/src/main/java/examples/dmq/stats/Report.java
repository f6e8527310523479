package examples.dmq.stats;

import java.util.Locale;

/** Figures as lines of text, for stats.log and the console. */
public final class Report {

  private Report() {}

  /** One line with what is the same for every node, then one for each queue. */
  public static String of(Figures figures) {
    Stats stats = figures.stats();
    StringBuilder out = new StringBuilder();
    out.append("memory ").append(figures.used()).append('/').append(figures.size());
    out.append(" overflow ").append(figures.overflow());
    out.append(" connections ").append(stats.connections());
    out.append(" records ").append(figures.records());
    out.append(" received ").append(stats.bytesReceived());
    out.append(" sent ").append(stats.bytesSent());
    out.append(" failed ").append(stats.refused());
    for (Kind kind : Kind.values()) {
      if (stats.requests(kind) > 0) {
        out.append(' ').append(kind).append(' ').append(stats.requests(kind));
      }
    }
    for (Figures.OfQueue queue : figures.queues()) {
      out.append(
          String.format(
              Locale.ROOT,
              "%n  %s records %d bytes %d overflow %d full %.1f%% consumers %d",
              queue.name(),
              queue.records(),
              queue.used(),
              queue.overflow(),
              queue.full(),
              queue.consumers()));
    }
    return out.toString();
  }
}
