package examples.dmq.stats;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Channels;
import examples.dmq.channel.Counts;
import examples.dmq.channel.Line;
import java.util.ArrayList;
import java.util.List;

/**
 * How things stand at a moment.
 *
 * @param stats what was asked so far
 * @param total what was pushed and taken so far, all channels together
 * @param channels one after another by their names
 */
public record Figures(Stats stats, Counts total, List<OfChannel> channels) {

  /**
   * A channel.
   *
   * @param counts what was pushed and taken so far
   */
  public record OfChannel(String name, Counts counts, List<OfQueue> queues) {}

  /**
   * A queue.
   *
   * @param name {@code subscriber@channel}, or the channel's while nobody has taken from it
   * @param records how many wait
   * @param used bytes of the memory in use
   * @param size bytes of the memory
   * @param overflow bytes on disk that found no room in memory
   * @param consumers who consume from it now
   */
  public record OfQueue(
      String name, long records, int used, int size, long overflow, int consumers) {

    /** How full the memory is, in percent. */
    public double full() {
      return 100.0 * used / size;
    }
  }

  /** Looks at everything, one channel after another. */
  public static Figures of(Stats stats, Channels channels) {
    List<OfChannel> all = new ArrayList<>();
    for (Channel channel : channels.all()) {
      all.add(of(channel));
    }
    return new Figures(stats, channels.total(), all);
  }

  /** Looks at one. */
  public static OfChannel of(Channel channel) {
    List<OfQueue> queues = new ArrayList<>();
    synchronized (channel) {
      for (Line line : channel.lines()) {
        var queue = line.queue();
        queues.add(
            new OfQueue(
                queue.name(),
                queue.records(),
                queue.used(),
                queue.size(),
                queue.overflow(),
                line.consumers()));
      }
    }
    return new OfChannel(channel.name(), channel.counts(), queues);
  }

  /** All queues of all channels. */
  public List<OfQueue> queues() {
    return channels.stream().flatMap(channel -> channel.queues().stream()).toList();
  }

  /** Records that wait. */
  public long records() {
    return queues().stream().mapToLong(OfQueue::records).sum();
  }

  /** Bytes of memory in use by records. */
  public long used() {
    return queues().stream().mapToLong(OfQueue::used).sum();
  }

  /** Bytes of memory for records. */
  public long size() {
    return queues().stream().mapToLong(OfQueue::size).sum();
  }

  /** Bytes of records on disk that found no room in memory. */
  public long overflow() {
    return queues().stream().mapToLong(OfQueue::overflow).sum();
  }
}
