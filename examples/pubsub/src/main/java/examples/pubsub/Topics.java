package examples.pubsub;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/** Who is subscribed to what. A topic is there as long as it has a subscriber. Safe for threads. */
final class Topics {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_./-]{1,64}");

  private final Map<String, Set<Subscriber>> subscribers = new ConcurrentHashMap<>();

  static boolean isName(String topic) {
    return NAME.matcher(topic).matches();
  }

  /** Changed inside the map's own change, so that nobody joins a set that is being thrown away. */
  void add(String topic, Subscriber subscriber) {
    subscribers.compute(
        topic,
        (name, there) -> {
          Set<Subscriber> all = there == null ? ConcurrentHashMap.newKeySet() : there;
          all.add(subscriber);
          return all;
        });
  }

  void remove(String topic, Subscriber subscriber) {
    subscribers.computeIfPresent(
        topic,
        (name, all) -> {
          all.remove(subscriber);
          return all.isEmpty() ? null : all;
        });
  }

  /** Hands a message to every subscriber and says how many will get it. Waits for none of them. */
  int publish(String topic, byte[] message) {
    int got = 0;
    for (Subscriber subscriber : subscribers.getOrDefault(topic, Set.of())) {
      if (subscriber.hand(message)) {
        got++;
      }
    }
    return got;
  }

  int count() {
    return subscribers.size();
  }
}
