package examples.dmq.deliver;

import examples.dmq.channel.Channel;
import examples.dmq.channel.Channels;
import examples.dmq.channel.Line;
import examples.dmq.channel.Name;
import examples.dmq.channel.RefusedException;
import examples.dmq.channel.Status;
import examples.dmq.stats.LogFile;
import examples.dmq.stats.Stats;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.function.Supplier;
import spyglass.life.Hold;

/** Which queues are delivered, and where to. A queue's URL lies in a file beside its records. */
public final class Deliveries {

  private static final String FILE = "delivery";

  private final Channels channels;
  private final Target target;
  private final Duration patience;
  private final Supplier<Hold> awake;
  private final Stats stats;
  private final LogFile failures;
  private final Map<String, Delivery> running = new ConcurrentHashMap<>();

  /** Queues whose URL an earlier process has left, but which cannot be used: nobody is to have their records. */
  private final Set<String> stopped = ConcurrentHashMap.newKeySet();

  private volatile Optional<Post> post = Optional.empty();

  /**
   * None yet.
   *
   * @param patience how long the node is kept awake for what cannot be delivered
   * @param awake keeps it awake
   */
  public Deliveries(
      Channels channels,
      Target target,
      Duration patience,
      Supplier<Hold> awake,
      Stats stats,
      LogFile failures) {
    this.channels = channels;
    this.target = target;
    this.patience = patience;
    this.awake = awake;
    this.stats = stats;
    this.failures = failures;
  }

  /** Goes on with those that an earlier process has left. */
  public void start() throws IOException {
    for (Channel channel : channels.all()) {
      synchronized (channel) {
        for (Line line : channel.lines()) {
          Optional<String> told = line.queue().notes().read(FILE);
          if (told.isPresent()) {
            resume(channel, line, told.get().strip());
          }
        }
      }
    }
  }

  private void resume(Channel channel, Line line, String url) {
    try {
      begin(channel, line, target.check(url));
    } catch (RefusedException e) {
      String queue = line.queue().name();
      stopped.add(queue);
      failures.line(
          "delivery of " + queue + " is stopped: " + e.reason() + "; put or delete its URL");
    }
  }

  private void begin(Channel channel, Line line, URI uri) {
    Delivery delivery = new Delivery(this, channel, line, uri);
    stopped.remove(line.queue().name());
    stop(Optional.ofNullable(running.put(line.queue().name(), delivery)));
    delivery.start();
  }

  private static void stop(Optional<Delivery> old) {
    old.ifPresent(Delivery::stop);
  }

  /**
   * From now on the records of a queue are posted to a URL, and nobody else can have them.
   *
   * @param authority the host and port by which the node was asked
   */
  public void set(Name name, String url, String authority) throws IOException, RefusedException {
    URI uri = target.check(url);
    Target.checkOther(uri, authority);
    channels.use(
        name.channel(),
        channel -> {
          Line line = channel.line(name.taker());
          if (line.consumers() > 0) {
            throw new RefusedException(Status.TAKEN, "somebody consumes these records");
          }
          channel.keep();
          line.queue().notes().write(FILE, uri + "\n");
          begin(channel, line, uri);
          return true;
        });
  }

  /** No longer. */
  public void remove(Name name) throws IOException, RefusedException {
    if (!isTaken(name)) {
      return;
    }
    channels.find(
        name.channel(),
        channel -> {
          channel.line(name.taker()).queue().notes().delete(FILE);
          stop(Optional.ofNullable(running.remove(key(name))));
          stopped.remove(key(name));
          return true;
        });
  }

  private boolean isTaken(Name name) {
    return (!running.isEmpty() || !stopped.isEmpty())
        && (running.containsKey(key(name)) || stopped.contains(key(name)));
  }

  /** Where a queue is delivered. */
  public Optional<URI> of(Name name) {
    return Optional.ofNullable(running.get(key(name))).map(Delivery::uri);
  }

  /** Refuses when a queue is delivered, for then its records are not for others. */
  public void checkFree(Name name) throws RefusedException {
    if (isTaken(name)) {
      throw new RefusedException(Status.TAKEN, "these records are delivered to a URL");
    }
  }

  private static String key(Name name) {
    return name.taker() + "@" + name.channel();
  }

  /** Something was pushed there. */
  public void look(Channel channel) {
    for (Delivery delivery : running.values()) {
      if (delivery.isOf(channel)) {
        delivery.look();
      }
    }
  }

  /** A channel or a subscriber is removed. With the channel's lock, so that none begins meanwhile. */
  public void removed(Name name) {
    Predicate<String> gone =
        queue ->
            queue.equals(key(name))
                || (name.subscriber().isEmpty() && queue.endsWith("@" + name.channel()));
    stopped.removeIf(gone);
    running
        .entrySet()
        .removeIf(
            entry -> {
              boolean is = gone.test(entry.getKey());
              if (is) {
                entry.getValue().stop();
              }
              return is;
            });
  }

  /** Ends all, by a deadline. */
  public void stop(Instant deadline) throws InterruptedException {
    running.values().forEach(Delivery::stop);
    for (Delivery delivery : running.values()) {
      Duration left = Duration.between(Instant.now(), deadline);
      delivery.join(left.isNegative() ? Duration.ofMillis(1) : left);
    }
    running.clear();
    post.ifPresent(Post::close);
  }

  Hold hold() {
    return awake.get();
  }

  Duration patience() {
    return patience;
  }

  Future<HttpResponse<Void>> post(URI uri, String queue, byte[] record) {
    return client().post(uri, queue, record);
  }

  private synchronized Post client() {
    Post there = post.orElseGet(Post::new);
    post = Optional.of(there);
    return there;
  }

  void delivered() {
    stats.delivered();
  }

  void failed(String queue, URI uri, String why) {
    failures.line("delivery of " + queue + " to " + uri + ": " + why);
  }
}
