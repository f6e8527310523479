package examples.dmq;

import examples.dmq.deliver.Target;
import examples.dmq.http.Hosts;
import examples.dmq.store.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import spyglass.protocol.Context;

/**
 * What the node was told.
 *
 * @param limits of a queue
 * @param memory bytes for all queues together
 * @param connections how many clients at once
 * @param hosts by which names it may be asked over HTTP
 * @param target where records may be delivered
 * @param patience how long it stays awake for what cannot be delivered
 * @param every how often figures are logged
 */
record Settings(
    Limits limits,
    long memory,
    int connections,
    Hosts hosts,
    Target target,
    Duration patience,
    Duration every) {

  private static final Pattern SIZE = Pattern.compile("([0-9]{1,12})(|KiB|MiB|GiB)");
  private static final int MANY = 1_000_000;
  private static final int LEAST_RING = 64 << 10;

  /** The largest that an index can reach, in whole words. */
  private static final int MOST_RING = Integer.MAX_VALUE & ~63;

  /** A batch must fit into an outbox with what is before it. */
  private static final int MOST_RECORD = 8 << 20;

  static Settings of(Context context) {
    int record = size("record", context.option("record"), 1, MOST_RECORD);
    String sync = context.option("sync");
    if (!sync.equals("sleep") && !sync.equals("always")) {
      throw new IllegalArgumentException("option sync is '" + sync + "': say sleep or always");
    }
    int usual = ring("size", context.option("size"), record);
    Limits limits =
        new Limits(
            usual,
            prefixes(context.option("sizes"), record),
            bytes("overflow", context.option("overflow")),
            record,
            sync.equals("always"));
    return new Settings(
        limits,
        bytes("memory", context.option("memory")),
        context.number("connections", 1, MANY),
        Hosts.of(context.option("hosts")),
        Target.of(context.option("deliver")),
        Duration.ofSeconds(context.number("patience", 0, MANY)),
        Duration.ofSeconds(context.number("stats", 1, MANY)));
  }

  private static List<Limits.Prefix> prefixes(String told, int record) {
    List<Limits.Prefix> all = new ArrayList<>();
    for (String each : told.isEmpty() ? new String[0] : told.split(",", -1)) {
      int equals = each.indexOf('=');
      if (equals < 1) {
        throw new IllegalArgumentException(
            "option sizes is '" + told + "': say PREFIX=SIZE,PREFIX=SIZE");
      }
      all.add(
          new Limits.Prefix(
              each.substring(0, equals), ring("sizes", each.substring(equals + 1), record)));
    }
    return all;
  }

  /** A memory into which the largest record fits. */
  private static int ring(String option, String told, int record) {
    return size(option, told, Math.max(LEAST_RING, 2 * record), MOST_RING) & ~3;
  }

  private static int size(String option, String told, int least, int most) {
    long bytes = bytes(option, told);
    if (bytes < least || bytes > most) {
      throw new IllegalArgumentException(
          "option " + option + " is '" + told + "': say " + least + " to " + most + " bytes");
    }
    return (int) bytes;
  }

  private static long bytes(String option, String told) {
    Matcher matcher = SIZE.matcher(told);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "option " + option + " is '" + told + "': say a number of bytes, KiB, MiB or GiB");
    }
    long unit =
        switch (matcher.group(2)) {
          case "KiB" -> 1L << 10;
          case "MiB" -> 1L << 20;
          case "GiB" -> 1L << 30;
          default -> 1;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Long.MAX_VALUE / unit) {
      throw new IllegalArgumentException(
          "option " + option + " is '" + told + "': that is too much");
    }
    return count * unit;
  }
}
