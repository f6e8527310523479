package examples.dmq.stats;

import java.util.Locale;

/** Figures as JSON, for the page and for programs. Names here need no escapes. */
public final class Json {

  private Json() {}

  /** All of it. */
  public static String of(Figures figures) {
    Stats stats = figures.stats();
    StringBuilder out = new StringBuilder("{\"seconds\":").append(stats.seconds());
    number(out, "connections", stats.connections());
    number(out, "failed", stats.refused());
    number(out, "received", stats.bytesReceived());
    number(out, "sent", stats.bytesSent());
    number(out, "delivered", stats.deliveries());
    number(out, "records", figures.records());
    number(out, "used", figures.used());
    number(out, "size", figures.size());
    number(out, "overflow", figures.overflow());
    number(out, "pushed", figures.total().pushed());
    out.append(",\"requests\":{");
    String comma = "";
    for (Kind kind : Kind.values()) {
      out.append(comma).append('"').append(kind).append("\":").append(stats.requests(kind));
      comma = ",";
    }
    out.append("},\"channels\":[");
    comma = "";
    for (Figures.OfChannel channel : figures.channels()) {
      out.append(comma);
      channel(out, channel);
      comma = ",";
    }
    return out.append("]}\n").toString();
  }

  private static void channel(StringBuilder out, Figures.OfChannel channel) {
    out.append("{\"name\":\"").append(channel.name()).append('"');
    number(out, "pushed", channel.counts().pushed());
    number(out, "pushedBytes", channel.counts().pushedBytes());
    number(out, "taken", channel.counts().taken());
    number(out, "takenBytes", channel.counts().takenBytes());
    out.append(",\"queues\":[");
    String comma = "";
    for (Figures.OfQueue queue : channel.queues()) {
      out.append(comma).append("{\"name\":\"").append(queue.name()).append('"');
      number(out, "records", queue.records());
      number(out, "used", queue.used());
      number(out, "size", queue.size());
      number(out, "overflow", queue.overflow());
      number(out, "consumers", queue.consumers());
      out.append(String.format(Locale.ROOT, ",\"full\":%.2f}", queue.full()));
      comma = ",";
    }
    out.append("]}");
  }

  private static void number(StringBuilder out, String name, long number) {
    out.append(",\"").append(name).append("\":").append(number);
  }
}
