package examples.dmq.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/**
 * Brings a queue's journal to the disk. Of those who wait for that at the same time, one does it for all:
 * whoever comes while the disk is busy is served by the next turn, however many they are.
 */
final class GroupCommit {

  private final Object lock;
  private final Journal journal;
  private final boolean force;
  private final Object turn = new Object();

  /** Changes so far, and those of them known to be on the disk: the one under the lock, the other in turn. */
  private long written;

  private long forced;
  private boolean ended;

  /**
   * For one queue.
   *
   * @param lock the queue's
   * @param force whether it is to survive the end of the machine
   */
  GroupCommit(Object lock, Journal journal, boolean force) {
    this.lock = lock;
    this.journal = journal;
    this.force = force;
  }

  /** Something was changed. With the lock. */
  void wrote() {
    written++;
  }

  /** There is nothing to be committed any more. With the lock. */
  void end() {
    ended = true;
  }

  /** Returns when all that was changed before is safe. Without the lock. */
  void commit() throws IOException {
    long mine;
    synchronized (lock) {
      if (!force && !ended) {
        journal.flush();
      }
      mine = force ? written : 0;
    }
    synchronized (turn) {
      if (forced < mine) {
        forced = force();
      }
    }
  }

  private long force() throws IOException {
    Segment last;
    long upTo;
    synchronized (lock) {
      if (ended) {
        return Long.MAX_VALUE;
      }
      journal.flush();
      journal.settle();
      last = journal.last();
      upTo = written;
    }
    try {
      if (last != null) {
        last.force();
      }
    } catch (ClosedChannelException e) {
      synchronized (lock) {
        if (!ended && last != null && last.equals(journal.last())) {
          throw e;
        }
      }
      // All in it was handed out meanwhile, or the queue was removed: nobody needs it any more.
    }
    return upTo;
  }
}
