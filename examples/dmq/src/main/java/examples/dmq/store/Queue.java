package examples.dmq.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Records that leave in the order in which they came: the first of them in memory, what found no room
 * there on disk. With {@link Limits#always} all of them are on disk as well, from the moment that {@link
 * #commit} returns.
 *
 * <p>Not for several threads at once: whoever calls holds the lock that was given to the constructor. Only
 * {@link #commit} takes it by itself.
 */
public final class Queue {

  /** So much is read from disk at once when the memory is empty. */
  private static final int HELPING = 4 << 20;

  private final Limits limits;
  private final Folder folder;
  private final Ring ring;
  private final Journal journal;
  private byte[] carried = new byte[0];

  /** The number behind the last record in memory. The reader may be further: over a gap. */
  private long behind;

  private final GroupCommit commit;

  /**
   * Finds what is on disk and takes as much of it as there is room for into memory.
   *
   * @param root where the queues have their folders
   * @param name the folder's
   * @param lock what callers hold
   * @param told hears of damage, one line each
   * @throws OutOfMemoryError when there is no memory outside of the heap for another queue
   */
  public Queue(Path root, String name, Object lock, Limits limits, Consumer<String> told)
      throws IOException {
    this.limits = limits;
    this.folder = new Folder(root, name);
    this.ring = new Ring(limits.size(name));
    try {
      this.journal = new Journal(folder, limits.always(), told);
      this.commit = new GroupCommit(lock, journal, limits.always());
      fill(Integer.MAX_VALUE);
    } catch (IOException | RuntimeException e) {
      ring.close();
      throw e;
    }
  }

  /**
   * Whether there is room for a record of this length.
   *
   * @param length at most {@link Limits#record}
   */
  public boolean hasRoom(int length) {
    boolean inMemory = journal.read() == journal.tail();
    return (inMemory && Ring.cost(length) <= ring.size() - ring.used())
        || journal.waiting() + Journal.cost(length) <= limits.overflow();
  }

  /**
   * Keeps a record for which there is room.
   *
   * @throws IOException when the disk does not take it; it may then be kept or not
   */
  public void put(byte[] from, int offset, int length) throws IOException {
    boolean inMemory = journal.read() == journal.tail();
    if (limits.always()) {
      journal.append(from, offset, length);
      commit.wrote();
      if (inMemory && ring.put(from, offset, length)) {
        journal.passed();
        behind = journal.tail();
      }
    } else if (inMemory && ring.put(from, offset, length)) {
      journal.number();
      behind = journal.tail();
    } else {
      journal.append(from, offset, length);
    }
  }

  /** Length of the first record, -1 when there is none; throws while the disk fails, so that it stays. */
  public int next() throws IOException {
    journal.check();
    if (ring.records() == 0 && journal.read() < journal.tail()) {
      fill(HELPING);
    }
    return ring.next();
  }

  /** The same, but of what is in memory only: for those who may want to go {@link #back}. */
  public int nextInMemory() {
    return ring.next();
  }

  /** Reads from disk into memory, which is empty. */
  private void fill(int most) throws IOException {
    int length = journal.next();
    long begun = journal.read();
    int taken = 0;
    // A gap, where the disk has lost something, divides: the numbers in memory have none.
    while (length >= 0 && taken < most && journal.read() == begun + ring.records()) {
      carried = carried.length < length ? new byte[length] : carried;
      journal.copy(carried);
      if (!ring.put(carried, 0, length)) {
        ring.check(name(), length);
        break;
      }
      taken += length;
      journal.skip();
      length = journal.next();
    }
    behind = begun + ring.records();
    if (!limits.always()) {
      journal.head(journal.read());
      journal.flush();
      journal.settle();
    }
  }

  /** The number of the first record that is not handed out. */
  private long first() {
    return ring.records() == 0 ? journal.read() : behind - ring.records();
  }

  /** Hands out the first record, which must be there. */
  public void take(byte[] to, int offset) {
    ring.take(to, offset);
    if (limits.always()) {
      journal.head(first());
      commit.wrote();
    }
  }

  /** Where it stands, for {@link #back}. */
  public long mark() {
    return ring.mark();
  }

  /**
   * Has those records again that were taken last. Only while the lock was held all the time, and nothing
   * was put and {@link #next} not asked.
   */
  public void back(long mark, int count) {
    ring.back(mark, count);
    if (limits.always()) {
      journal.head(first());
      commit.wrote();
    }
  }

  /**
   * What {@link #commit} does, for somebody who keeps the lock because he may call {@link #back}: nothing
   * is deleted yet.
   */
  public void flush() throws IOException {
    journal.flush();
    Segment last = journal.last();
    if (limits.always() && last != null) {
      last.force();
    }
  }

  /** Deletes files that nobody needs any more, after a {@link #flush} that will not be taken back. */
  public void settle() throws IOException {
    journal.settle();
  }

  /**
   * Returns when all that was put and taken so far is as safe as was promised. Of those who wait here at
   * the same time one writes for all. Without the lock.
   */
  public void commit() throws IOException {
    commit.commit();
  }

  /** How many records there are. */
  public long records() {
    return ring.records() + journal.tail() - journal.read();
  }

  /** Bytes of the memory in use. */
  public int used() {
    return ring.used();
  }

  /** Bytes of the memory. */
  public int size() {
    return ring.size();
  }

  /** Bytes that found no room in memory. */
  public long overflow() {
    return journal.waiting();
  }

  /** What it is called. */
  public String name() {
    return folder.name();
  }

  /** Has its folder on disk, so that an empty queue is found again. */
  public void keep() throws IOException {
    folder.make();
  }

  /** Small files beside the records. */
  public Notes notes() {
    return new Notes(folder);
  }

  /** Gets another name. */
  public void rename(String other) throws IOException {
    folder.rename(other);
  }

  /** Is gone, with all that is in it. */
  public void remove() throws IOException {
    commit.end();
    try {
      journal.clear();
      folder.remove();
    } finally {
      ring.close();
    }
  }

  /** Writes to disk what is only in memory, and is of no more use. */
  public void sleep() throws IOException {
    commit.end();
    long first = first();
    long only = Math.min(behind, journal.begin()) - first;
    try {
      journal.head(first);
      if (!limits.always() && only > 0) {
        Snapshot.save(ring, folder, journal, first, only);
      }
      journal.close();
    } finally {
      ring.close();
    }
  }
}
