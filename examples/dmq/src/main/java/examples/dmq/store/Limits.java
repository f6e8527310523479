package examples.dmq.store;

import java.util.List;

/**
 * How much a queue may hold, and how careful it is.
 *
 * @param usual bytes of memory for a queue
 * @param sizes other sizes for the queues of channels whose names begin so; the first that fits counts
 * @param overflow bytes on disk for what finds no room in memory, for each queue; 0 for none
 * @param record bytes of a record at most
 * @param always whether all is on the disk before it is acknowledged
 */
public record Limits(int usual, List<Prefix> sizes, long overflow, int record, boolean always) {

  /**
   * Another size for some.
   *
   * @param prefix how the channel's name begins
   * @param size bytes of memory
   */
  public record Prefix(String prefix, int size) {}

  /** Bytes of memory for a queue of this name. */
  public int size(String queue) {
    String channel = queue.substring(queue.indexOf('@') + 1);
    for (Prefix each : sizes) {
      if (channel.startsWith(each.prefix())) {
        return each.size();
      }
    }
    return usual;
  }
}
