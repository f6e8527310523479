package examples.dmq.channel;

import examples.dmq.store.Queue;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A channel: whoever takes from it under a name has a queue of his own, into which everything is put that
 * is pushed. What is pushed before anybody has come waits for the first who comes. Under its own lock, but
 * for {@link #commit}.
 */
public final class Channel {

  /** Makes queues. */
  interface Opening {
    Queue open(String name, Object lock) throws IOException, RefusedException;
  }

  private final String name;
  private final Opening opening;
  private final Counts counts = new Counts();
  private final Counts total;
  private final Map<String, Line> lines = new TreeMap<>();

  /** Where records wait for the first subscriber. */
  private @Nullable Line unclaimed;

  private boolean removed;

  /** Something was pushed, or is on disk. Before that it is there while it is consumed. */
  private boolean lasting;

  Channel(String name, Opening opening, Counts total) {
    this.name = name;
    this.opening = opening;
    this.total = total;
  }

  /** What it is called. */
  public String name() {
    return name;
  }

  /** What was done on it. */
  public Counts counts() {
    return counts;
  }

  boolean isRemoved() {
    return removed;
  }

  boolean isLasting() {
    return lasting;
  }

  /** A queue that was there before. */
  void found(Name queue) throws IOException, RefusedException {
    if (queue.subscriber().isPresent()) {
      lines.put(queue.taker(), open(queue.taker() + "@" + name));
    } else {
      unclaimed = open(name);
    }
    lasting = true;
  }

  private Line open(String queue) throws IOException, RefusedException {
    return new Line(opening.open(queue, this), counts);
  }

  /**
   * Keeps a record for every subscriber, or, if only one of them has no room, for none.
   *
   * @return whether it is kept
   */
  public boolean push(byte[] from, int offset, int length) throws IOException, RefusedException {
    if (lines.isEmpty() && unclaimed == null) {
      unclaimed = open(name);
    }
    keep();
    Line only = unclaimed;
    if (only != null) {
      if (!only.queue().hasRoom(length)) {
        return false;
      }
      only.queue().put(from, offset, length);
    } else {
      for (Line line : lines.values()) {
        if (!line.queue().hasRoom(length)) {
          return false;
        }
      }
      for (Line line : lines.values()) {
        line.queue().put(from, offset, length);
      }
    }
    counts.push(length);
    total.push(length);
    return true;
  }

  /** From now on it is there until it is removed, and its subscribers have their folders. */
  public void keep() throws IOException {
    if (!lasting) {
      for (Line line : lines.values()) {
        line.queue().keep();
      }
      lasting = true;
    }
  }

  /** The queue of a subscriber, made for a new one. Unless it is joined or kept, it goes again. */
  public Line line(String subscriber) throws IOException, RefusedException {
    Line there = lines.get(subscriber);
    if (there != null) {
      return there;
    }
    Line line = unclaimed;
    if (line == null) {
      line = open(subscriber + "@" + name);
    } else {
      line.queue().rename(subscriber + "@" + name);
      unclaimed = null;
    }
    if (lasting) {
      line.queue().keep();
    }
    lines.put(subscriber, line);
    return line;
  }

  /** All queues. */
  public Collection<Line> lines() {
    Line only = unclaimed;
    return only == null ? lines.values() : List.of(only);
  }

  void leave(String subscriber, Consumer consumer) {
    Line line = lines.get(subscriber);
    if (line != null) {
      line.leave(consumer);
    }
  }

  /**
   * Ends a subscription. The records that only this one had left are gone.
   *
   * @return how much memory that was
   */
  long remove(String subscriber, Failures failures) {
    Line line = lines.remove(subscriber);
    removed = lines.isEmpty() && unclaimed == null;
    return line == null ? 0 : remove(line, failures);
  }

  /** Is gone with all that is in it; says how much memory that was. */
  long remove(Failures failures) {
    removed = true;
    long bytes = 0;
    for (Line line : lines()) {
      bytes += remove(line, failures);
    }
    return bytes;
  }

  private static long remove(Line line, Failures failures) {
    line.close();
    failures.attempt(line.queue()::remove);
    return line.queue().size();
  }

  /**
   * Lets go of what was made only because it was asked for, and is not consumed now. Only while it is
   * not lasting.
   *
   * @return how much memory that was
   */
  long tidy(Failures failures) {
    long bytes = 0;
    for (var entry : List.copyOf(lines.entrySet())) {
      bytes += entry.getValue().consumers() == 0 ? remove(entry.getKey(), failures) : 0;
    }
    removed |= lines.isEmpty();
    return bytes;
  }

  /** Writes to disk what has to outlive the process; of no more use then. */
  void sleep() throws IOException {
    removed = true;
    Line nobodys = unclaimed;
    if (nobodys != null && nobodys.queue().records() == 0) {
      nobodys.queue().remove();
      return;
    }
    Failures failures = new Failures();
    for (Line line : lines()) {
      failures.attempt(line.queue()::sleep);
    }
    failures.raise();
  }

  /** Sends what is there to those who wait for it. */
  public void serve() throws IOException {
    if (removed) {
      // Meanwhile, by somebody else. Whoever has pushed before has done nothing wrong.
      return;
    }
    for (Line line : lines()) {
      line.serve();
    }
  }

  void retry() throws IOException {
    Failures failures = new Failures();
    for (Line line : lines()) {
      line.retry();
      failures.attempt(line::serve);
    }
    failures.raise();
  }

  /** Returns when all that was pushed and taken is as safe as promised. Without the lock. */
  public void commit() throws IOException {
    List<Line> all;
    synchronized (this) {
      all = List.copyOf(lines());
    }
    for (Line line : all) {
      line.queue().commit();
    }
  }
}
