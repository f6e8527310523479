package examples.dmq.channel;

import examples.dmq.store.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** All channels of the node. They appear when something is pushed to them. Any thread. */
public final class Channels {

  /** Something to be done with a channel, under its lock. */
  @FunctionalInterface
  public interface Use<T> {
    T on(Channel channel) throws IOException, RefusedException;
  }

  /** Hears what its operator should know. */
  @FunctionalInterface
  public interface Told {
    void damage(String line);
  }

  private final Limits limits;
  private final Told told;
  private final Opener opener;
  private final Counts total = new Counts();
  private final Map<String, Channel> channels = new ConcurrentSkipListMap<>();

  /**
   * Finds the channels that an earlier node has left.
   *
   * @param root their folder
   * @param most bytes of memory for all queues together
   * @param told hears of damage, one line each
   */
  public Channels(Path root, Limits limits, long most, Told told)
      throws IOException, RefusedException {
    this.limits = limits;
    this.told = told;
    this.opener = new Opener(root, limits, most, told);
    try {
      for (Name name : new Found(root, told).names()) {
        find(name);
      }
    } catch (IOException | RefusedException | RuntimeException e) {
      // What was read before is in memory only: it goes back to where it was.
      sleep();
      throw e;
    }
  }

  private void find(Name name) throws IOException, RefusedException {
    Channel channel = channel(name.channel());
    synchronized (channel) {
      channel.found(name);
    }
  }

  private Channel channel(String name) {
    return channels.computeIfAbsent(name, fresh -> new Channel(fresh, opener, total));
  }

  /** How much a queue may hold. */
  public Limits limits() {
    return limits;
  }

  /** What was pushed to all channels together. */
  public Counts total() {
    return total;
  }

  /** All that are there. */
  public Collection<Channel> all() {
    return channels.values();
  }

  /** Their names. */
  public List<String> names() {
    return List.copyOf(channels.keySet());
  }

  /** Refuses a record that has no bytes or too many. */
  public void check(int length) throws RefusedException {
    if (length < 1) {
      throw new RefusedException(Status.BAD, "a record has at least one byte");
    }
    if (length > limits.record()) {
      throw new RefusedException(
          Status.TOO_LARGE, "a record has at most " + limits.record() + " bytes (dmq.record)");
    }
  }

  /** Nobody wants the records of a queue any more who has waited for them. */
  public void leave(Name name, Consumer consumer) {
    Channel channel = channels.get(name.channel());
    if (channel != null) {
      synchronized (channel) {
        if (!channel.isRemoved()) {
          channel.leave(name.taker(), consumer);
          tidy(channel);
        }
      }
    }
  }

  /**
   * Does something with a channel, which is made if it is not there. Unless something is pushed, or it
   * is consumed or {@linkplain Channel#keep kept}, it goes again.
   */
  public <T> T use(String name, Use<T> use) throws IOException, RefusedException {
    Optional<T> done = Optional.empty();
    while (done.isEmpty()) {
      done = use(channel(name), use);
    }
    return done.get();
  }

  /** The same with a channel that is there; nothing when there is none. */
  public <T> Optional<T> find(String name, Use<T> use) throws IOException, RefusedException {
    Channel channel = channels.get(name);
    if (channel == null) {
      opener.check();
      return Optional.empty();
    }
    return use(channel, use);
  }

  private <T> Optional<T> use(Channel channel, Use<T> use) throws IOException, RefusedException {
    synchronized (channel) {
      if (!channel.isRemoved()) {
        try {
          return Optional.of(use.on(channel));
        } finally {
          tidy(channel);
        }
      }
    }
    opener.check();
    channels.remove(channel.name(), channel);
    return Optional.empty();
  }

  /**
   * Pushes a record. The same as {@link #use}, but what is done a million times a second makes no object.
   *
   * @return the channel; null when it is full
   */
  public @Nullable Channel push(String name, byte[] from, int offset, int length)
      throws IOException, RefusedException {
    while (true) {
      Channel channel = channels.get(name);
      if (channel == null) {
        channel = channel(name);
      }
      synchronized (channel) {
        if (!channel.isRemoved()) {
          try {
            return channel.push(from, offset, length) ? channel : null;
          } finally {
            tidy(channel);
          }
        }
      }
      channels.remove(name, channel);
    }
  }

  /** A channel for which there was no room is none; what was only asked for goes. */
  private void tidy(Channel channel) {
    if (channel.isLasting()) {
      return;
    }
    Failures failures = new Failures();
    opener.free(channel.tidy(failures));
    if (channel.isRemoved()) {
      channels.remove(channel.name(), channel);
    }
    failures.tell(told);
  }

  /**
   * Removes a channel, or one of its subscribers. What is not there is gone already.
   *
   * @param first what is to be done before, under the channel's lock
   */
  public void remove(Name name, Runnable first) throws IOException {
    Channel channel = channels.get(name.channel());
    if (channel == null) {
      return;
    }
    synchronized (channel) {
      if (channel.isRemoved()) {
        return;
      }
      first.run();
      Failures failures = new Failures();
      opener.free(
          name.subscriber().isPresent()
              ? channel.remove(name.taker(), failures)
              : channel.remove(failures));
      if (channel.isRemoved()) {
        channels.remove(name.channel(), channel);
      }
      failures.raise();
    }
  }

  /** Consumers whose way was full may have room by now. */
  public void retry() throws IOException {
    Failures failures = new Failures();
    for (Channel channel : channels.values()) {
      synchronized (channel) {
        if (!channel.isRemoved()) {
          failures.attempt(channel::retry);
        }
      }
    }
    failures.raise();
  }

  /** Writes to disk what has to outlive the process; of no more use then. One that fails harms no other. */
  public void sleep() throws IOException {
    opener.sleep();
    Failures failures = new Failures();
    for (Channel channel : channels.values()) {
      synchronized (channel) {
        failures.attempt(channel::sleep);
      }
    }
    failures.raise();
  }
}
