package examples.dmq.channel;

import examples.dmq.store.Leftovers;
import examples.dmq.store.Limits;
import examples.dmq.store.Queue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;

/** Opens queues while there is memory for them, and until the node sleeps. Any thread. */
final class Opener implements Channel.Opening {

  private final Path root;
  private final Limits limits;
  private final long most;
  private final Channels.Told told;
  private final AtomicLong memory = new AtomicLong();

  /** From then on no queue is opened: its file is what the next wake is to find. */
  private volatile boolean asleep;

  Opener(Path root, Limits limits, long most, Channels.Told told) {
    this.root = root;
    this.limits = limits;
    this.most = most;
    this.told = told;
  }

  @Override
  public Queue open(String name, Object lock) throws IOException, RefusedException {
    check();
    if (Leftovers.isTaken(root, name)) {
      throw new RefusedException(
          Status.NO_ROOM, "what the node's data folder has as channels/" + name + " is in the way");
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

  /** A queue that had so many bytes is gone. */
  void free(long bytes) {
    memory.addAndGet(-bytes);
  }

  void sleep() {
    asleep = true;
  }

  /** Throws when it sleeps. */
  void check() throws IOException {
    if (asleep) {
      throw new IOException("the node goes to sleep");
    }
  }
}
