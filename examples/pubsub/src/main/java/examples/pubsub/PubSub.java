package examples.pubsub;

import java.nio.charset.StandardCharsets;
import spyglass.protocol.Context;
import spyglass.protocol.Lines;
import spyglass.protocol.Link;
import spyglass.protocol.Protocol;
import spyglass.protocol.ProtocolHandler;
import spyglass.protocol.Provides;

/**
 * Hands lines from publishers to subscribers, topic by topic. {@code HELP} lists what can be said.
 *
 * <p>Start it with {@code --protocol pubsub --workers 1}, open {@code nc localhost 4222} in two
 * terminals, say {@code SUB news} in the first and {@code PUB news It rains} in the second. You
 * will see {@code MSG news It rains} in the first, and {@code OK 1} in the second: one has got it.
 *
 * <p>One worker, because a process shares its memory with nobody: each would have topics of its
 * own, and who subscribes at one would hear nothing of what is published at another.
 *
 * <p>Nobody waits for a slow subscriber. What his outbox has no room for he does not get, and
 * {@code LOST} says how much that was as soon as there is something for him and room for it.
 */
@Provides(
    name = "pubsub",
    about = "Hands lines from publishers to subscribers, topic by topic; wants --workers 1.",
    options = {
      @Provides.Option(
          name = "max-line",
          value = "8192",
          about = "Bytes of a line without its end; a longer one ends the connection."),
      @Provides.Option(
          name = "max-subscriptions",
          value = "100",
          about = "Topics that one connection may be subscribed to.")
    })
public final class PubSub implements Protocol {

  private static final int MOST = 1 << 20;

  private final Topics topics = new Topics();
  private Lines lines;
  private int subscriptions;

  @Override
  public void start(Context context) {
    int limit = context.number("max-line", 1, MOST);
    String farewell = "ERR a line has at most " + limit + " bytes\n";
    lines = new Lines(limit, farewell.getBytes(StandardCharsets.ISO_8859_1));
    subscriptions = context.number("max-subscriptions", 1, MOST);
  }

  @Override
  public ProtocolHandler open(Link link) {
    return new Conversation(lines, topics, new Subscriber(link, topics, subscriptions));
  }

  /** How many topics somebody is subscribed to. */
  int topics() {
    return topics.count();
  }
}
