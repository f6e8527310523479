package examples.dmq.wire;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Name;
import examples.dmq.channel.Out;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import examples.dmq.stats.Figures;
import java.util.List;

/** Answers to those who ask how things stand. */
final class Reports {

  private Reports() {}

  static Status answer(Node node, Code code, Request request, Out out) throws RefusedException {
    if (code == Code.GET_CHANNEL_SIZE) {
      return channel(node, Name.channel(request.name()), request, out);
    }
    request.end();
    if (code == Code.GET_CHANNELS) {
      node.channels().names().forEach(out::putName);
    } else if (code == Code.GET_SIZE) {
      Figures figures = Figures.of(node.stats(), node.channels());
      out.putLong(figures.records()).putLong(figures.used()).putLong(figures.overflow());
    } else {
      out.putInt(node.stats().connections());
    }
    return Status.OK;
  }

  private static Status channel(Node node, String name, Request request, Out out)
      throws RefusedException {
    request.end();
    List<Channel> found =
        node.channels().all().stream().filter(channel -> channel.name().equals(name)).toList();
    for (Channel channel : found) {
      for (Figures.OfQueue queue : Figures.of(channel).queues()) {
        out.putName(queue.name());
        out.putLong(queue.records()).putLong(queue.used()).putLong(queue.overflow());
      }
    }
    return found.isEmpty() ? Status.EMPTY : Status.OK;
  }
}
