package examples.dmq.channel;

import examples.dmq.store.Leftovers;
import examples.dmq.store.Limits;
import examples.dmq.store.Queue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** All channels of the node. They appear when they are used first. Any thread. */
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

  private final Path root;
  private final Limits limits;
  private final long most;
  private final Told told;
  private final Counts total = new Counts();
  private final AtomicLong memory = new AtomicLong();
  private final Map<String, Channel> channels = new ConcurrentSkipListMap<>();

  /** From then on no queue is opened: its file is what the next wake is to find. */
  private volatile boolean asleep;

  /**
   * Finds the channels that an earlier node has left.
   *
   * @param root their folder
   * @param most bytes of memory for all queues together
   * @param told hears of damage, one line each
   */
  public Channels(Path root, Limits limits, long most, Told told)
      throws IOException, RefusedException {
    this.root = root;
    this.limits = limits;
    this.most = most;
    this.told = told;
    try {
      for (String folder : Leftovers.queues(root)) {
        find(name(folder));
      }
    } catch (IOException | RefusedException | RuntimeException e) {
      // What was read before is in memory only: it goes back to where it was.
      sleep();
      throw e;
    }
  }

  private Name name(String folder) throws RefusedException {
    try {
      return Name.parse(folder);
    } catch (RefusedException e) {
      throw new RefusedException(
          Status.BAD, "the folder " + root.resolve(folder) + " is no queue's: move it away");
    }
  }

  private void find(Name name) throws IOException, RefusedException {
    Channel channel = channel(name.channel());
    synchronized (channel) {
      channel.found(name);
    }
  }

  private Channel channel(String name) {
    return channels.computeIfAbsent(name, fresh -> new Channel(fresh, this::open, total));
  }

  private Queue open(String name, Object lock) throws IOException, RefusedException {
    if (asleep) {
      throw new IOException("the node goes to sleep");
    }
    int size = limits.size(name);
    boolean opened = false;
    try {
      if (memory.addAndGet(size) <= most) {
        Queue queue = new Queue(root, name, lock, limits, told::damage);
        opened = true;
        return queue;
      }
    } catch (OutOfMemoryError e) {
      told.damage("the machine has no memory for the queue " + name);
    } finally {
      memory.addAndGet(opened ? 0 : -size);
    }
    throw new RefusedException(
        Status.NO_ROOM, "no memory for another queue: raise dmq.memory, or lower dmq.size");
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
        channel.leave(name.taker(), consumer);
      }
    }
  }

  /** Does something with a channel, which is made if it is not there. */
  public <T> T use(String name, Use<T> use) throws IOException, RefusedException {
    while (true) {
      Channel channel = channel(name);
      synchronized (channel) {
        if (!channel.isRemoved()) {
          try {
            return use.on(channel);
          } finally {
            forgetIfEmpty(channel);
          }
        }
      }
      channels.remove(name, channel);
    }
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
            forgetIfEmpty(channel);
          }
        }
      }
      channels.remove(name, channel);
    }
  }

  /** A channel for which there was no room is none. */
  private void forgetIfEmpty(Channel channel) {
    if (channel.lines().isEmpty()) {
      channel.forget();
      channels.remove(channel.name(), channel);
    }
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
      memory.addAndGet(
          name.subscriber().isPresent()
              ? -channel.remove(name.taker(), failures)
              : -channel.remove(failures));
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
    asleep = true;
    Failures failures = new Failures();
    for (Channel channel : channels.values()) {
      synchronized (channel) {
        failures.attempt(channel::sleep);
      }
    }
    failures.raise();
  }
}
