package examples.pubsub;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import spyglass.protocol.Link;
import spyglass.protocol.TestClient;

final class SubscriberTest {

  private static final int PUBLISHERS = 4;
  private static final int MESSAGES = 500;

  private final Topics topics = new Topics();
  private final List<Link> links = new ArrayList<>();
  private final TestClient client =
      TestClient.connect(link -> {
        links.add(link);
        return (bytes, messages) -> {};
      });
  private final Subscriber subscriber = new Subscriber(links.getFirst(), topics, 1);

  @Test
  void aLastMessageThatIsExecutedAfterTheConnectionIsClosedSubscribesNobody() {
    subscriber.join("a");
    assertEquals(1, topics.count());
    subscriber.leaveAll();
    subscriber.join("a");
    assertEquals(0, topics.count());
  }

  @Test
  void whateverManyPublishersSayIsEitherHeardOrCounted() throws Exception {
    subscriber.join("a");
    client.hasRoomFor(1000);
    int handed = 0;
    try (ExecutorService threads = Executors.newFixedThreadPool(PUBLISHERS)) {
      List<Future<Integer>> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        publishers.add(threads.submit(this::publishAll));
      }
      for (Future<Integer> publisher : publishers) {
        handed += publisher.get();
      }
    }
    assertEquals(handed, client.hears().lines().count());
    client.hasRoomFor(1000);
    topics.publish("a", "last\n".getBytes(ISO_8859_1));
    assertEquals("LOST " + (PUBLISHERS * MESSAGES - handed) + "\nlast\n", client.hears());
  }

  private int publishAll() {
    int handed = 0;
    for (int i = 0; i < MESSAGES; i++) {
      handed += topics.publish("a", "MSG a x\n".getBytes(ISO_8859_1));
    }
    return handed;
  }
}
