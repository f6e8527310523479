package examples.dmq.wire;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Out;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import spyglass.protocol.Link;

/** Pushes several records to several channels. */
final class Several {

  private final Node node;
  private final Link link;
  private final Set<Channel> touched;

  /**
   * For one client.
   *
   * @param touched the channels to be committed
   */
  Several(Node node, Link link, Set<Channel> touched) {
    this.node = node;
    this.link = link;
    this.touched = touched;
  }

  /** Each channel takes as many as it has room for, from the first on. */
  Status push(List<String> names, Request request, Out out) throws IOException, RefusedException {
    if (names.isEmpty()) {
      throw new RefusedException(Status.BAD, "say to which channels: Produce comes before records");
    }
    int begin = request.at();
    int count = 0;
    while (request.left() > 0) {
      int length = request.number();
      request.skip(length);
      node.channels().check(length);
      count++;
    }
    out.put(names.size());
    boolean all = true;
    for (String name : names) {
      int taken = recordsIfRoom(name, request.bytes(), begin, count);
      out.putInt(taken);
      all &= taken == count;
    }
    return all ? Status.OK : Status.FULL;
  }

  /** Where there is no room for another queue, there is none for a record: what the others took counts. */
  private int recordsIfRoom(String name, byte[] bytes, int begin, int count)
      throws IOException, RefusedException {
    try {
      return records(name, bytes, begin, count);
    } catch (RefusedException e) {
      if (e.status() != Status.NO_ROOM) {
        throw e;
      }
      node.failed(String.valueOf(link.peer()), name, e);
      return 0;
    }
  }

  private int records(String name, byte[] bytes, int begin, int count)
      throws IOException, RefusedException {
    return node.channels()
        .use(
            name,
            channel -> {
              touched.add(channel);
              int at = begin;
              for (int i = 0; i < count; i++) {
                int length = Request.number(bytes, at);
                if (!channel.push(bytes, at + Integer.BYTES, length)) {
                  return i;
                }
                at += Integer.BYTES + length;
              }
              return count;
            });
  }
}
