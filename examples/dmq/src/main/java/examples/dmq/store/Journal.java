package examples.dmq.store;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The records of one queue that are on disk, in files that are appended to at one end and read at the
 * other. Records have numbers in the order in which they came. Those before the head have been handed
 * out; those from the reader on are nowhere but here.
 *
 * <p>What is appended waits in a buffer until {@link #flush}; from then on the end of this process cannot
 * harm it. Against the end of the machine there is {@link Segment#force}. Not for several threads at once.
 */
final class Journal {

  /** A file that has become so large is followed by another, so that what was read can be deleted. */
  private static final long LARGE = 16 << 20;

  private final Folder folder;
  private final boolean careful;
  private final Frames frames = new Frames();
  private final List<Segment> segments = new ArrayList<>();
  private final Reading reading;
  private final Staged staged = new Staged();
  private long head;
  private long headWritten;
  private long tail;
  private long lastEnd;

  /** Whether something waits that the file has not taken: its disk is full, or fails. */
  private boolean owes;

  /**
   * Finds what is there.
   *
   * @param careful whether a new file's name is to be on the disk before anything is in it
   * @param told hears of damage, one line each
   */
  Journal(Folder folder, boolean careful, Consumer<String> told) throws IOException {
    this.folder = folder;
    this.careful = careful;
    Recovery found = new Recovery(folder, frames, told);
    segments.addAll(found.segments());
    head = found.head();
    headWritten = head;
    lastEnd = found.end();
    tail = Math.max(head, lastEnd);
    reading = new Reading(folder, segments, told, tail);
    if (head < tail) {
      head = reading.seek(head, tail);
    }
    settle();
  }

  /** Number of the first record that is in a file, or would be. */
  long begin() {
    return segments.isEmpty() ? tail : segments.getFirst().first();
  }

  /** Number of the record that will be appended next. */
  long tail() {
    return tail;
  }

  /** Number of the first record that is nowhere but here. */
  long read() {
    return reading.read();
  }

  /** Bytes of the records that are nowhere but here. */
  long waiting() {
    return reading.waiting();
  }

  static int cost(int length) {
    return Frames.BEFORE + length;
  }

  /** Appends a record. */
  void append(byte[] from, int offset, int length) throws IOException {
    int cost = cost(length);
    if (segments.isEmpty() || lastEnd != tail || segments.getLast().size() >= LARGE) {
      another();
    }
    if (!staged.hasRoom(cost)) {
      flush();
    }
    frames.record(staged.room(cost), from, offset, length);
    tail++;
    lastEnd = tail;
    reading.appended(cost);
  }

  /** A record is kept in memory alone: it has a number all the same. */
  void number() {
    tail++;
    head = tail;
    reading.skipTo(tail);
  }

  private void another() throws IOException {
    flush();
    if (careful && !segments.isEmpty()) {
      segments.getLast().force();
    }
    folder.make();
    segments.add(Segment.create(folder, tail, head, frames));
    headWritten = head;
    lastEnd = tail;
    if (careful) {
      folder.force();
    }
  }

  /** The record appended last is kept elsewhere as well and need not be read here. */
  void passed() {
    reading.passed(segments.getLast().size() + staged.size(), tail);
  }

  /** Length of the next record to be read, -1 when there is none. */
  int next() throws IOException {
    flush();
    int length = reading.next(tail);
    if (reading.hasCutLast()) {
      // The place of a record in that file does not tell its number any more, and what it said of
      // the head may have been behind the damage.
      lastEnd = -1;
      headWritten = -1;
      flush();
    }
    return length;
  }

  /** Copies the record that {@link #next} has found. */
  void copy(byte[] to) {
    reading.copy(to);
  }

  /** Goes behind it. */
  void skip() {
    reading.skip();
  }

  /** The first record that is not handed out: from the next {@link #flush} on that is known for good. */
  void head(long number) {
    head = number;
  }

  /**
   * Nothing more is to be handed out while it cannot be written that it was.
   *
   * @throws IOException when the disk still takes nothing
   */
  void check() throws IOException {
    if (owes) {
      flush();
    }
    if (!segments.isEmpty()) {
      segments.getLast().check();
    }
  }

  /** Hands to the kernel what was appended. */
  void flush() throws IOException {
    owes = true;
    if (head != headWritten && !segments.isEmpty()) {
      if (!staged.hasRoom(Frames.HEAD_FRAME)) {
        staged.drain(segments.getLast());
      }
      frames.head(staged.room(Frames.HEAD_FRAME), head);
      headWritten = head;
    }
    if (!segments.isEmpty()) {
      staged.drain(segments.getLast());
    }
    owes = false;
  }

  /** Deletes what nobody needs any more: files at the front, or all when all was handed out. */
  void settle() throws IOException {
    boolean old = segments.size() > 1 && segments.get(1).first() <= head;
    boolean idle = head == tail && !segments.isEmpty();
    boolean all = idle && (!careful || segments.getLast().size() >= LARGE);
    if (careful && (old || all)) {
      // What says that nobody needs them comes first.
      flush();
      segments.getLast().force();
    }
    while (segments.size() > 1 && segments.get(1).first() <= head) {
      front();
    }
    if (all) {
      clear();
    }
  }

  private void front() throws IOException {
    Segment old = segments.removeFirst();
    reading.leave(old);
    old.delete();
  }

  /** Deletes all files, the oldest first: whoever is ended in between leaves what is in order. */
  void clear() throws IOException {
    staged.clear();
    for (Segment segment : segments) {
      segment.delete();
    }
    segments.clear();
    reading.restart();
  }

  /** The file that is being appended to, or null when there is none. */
  @Nullable Segment last() {
    return segments.isEmpty() ? null : segments.getLast();
  }

  /** Leaves everything where it is. */
  void close() throws IOException {
    flush();
    for (Segment segment : segments) {
      segment.force();
      segment.close();
    }
  }
}
