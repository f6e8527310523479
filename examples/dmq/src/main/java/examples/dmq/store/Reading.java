package examples.dmq.store;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The end at which a journal is read: from file to file, and over what is damaged. */
final class Reading {

  private final Folder folder;
  private final List<Segment> segments;
  private final Consumer<String> told;
  private @Nullable Scan scan;
  private long read;
  private long waiting;
  private boolean cutLast;

  /**
   * Stands behind the last record.
   *
   * @param segments the journal's files, which it adds to and takes from
   * @param told hears of damage, one line each
   * @param tail number of the record that will be the next
   */
  Reading(Folder folder, List<Segment> segments, Consumer<String> told, long tail) {
    this.folder = folder;
    this.segments = segments;
    this.told = told;
    this.read = tail;
  }

  /**
   * Goes to a record.
   *
   * @return its number, or that of the first one behind it that is there
   */
  long seek(long head, long tail) throws IOException {
    Segment with = segments.getFirst();
    for (Segment segment : segments) {
      with = segment.first() <= head ? segment : with;
    }
    for (Segment segment : segments.subList(segments.indexOf(with), segments.size())) {
      waiting += segment.size() - Frames.HEADER;
    }
    read = with.first();
    scan = new Scan(with, new Frames());
    while (read < head && next(tail) >= 0) {
      skip();
    }
    return read;
  }

  /** Number of the next record. */
  long read() {
    return read;
  }

  /** Bytes of those that are still to be read, more or less. */
  long waiting() {
    return waiting;
  }

  /** There is another to be read. */
  void appended(int cost) {
    waiting += cost;
  }

  /** All before that need not be read: they are in no file. */
  void skipTo(long number) {
    read = number;
  }

  /** All need not be read. What comes next is at this place of the last file. */
  void passed(long offset, long tail) {
    scan().to(segments.getLast(), offset);
    read = tail;
    waiting = 0;
  }

  /** Length of the next record, -1 when there is none. All there are must be in the files. */
  int next(long tail) throws IOException {
    while (read < tail) {
      Scan at = scan();
      if (!at.look()) {
        follow(at, tail);
      } else if (at.isHead()) {
        at.skip();
      } else {
        return at.length();
      }
    }
    waiting = 0;
    return -1;
  }

  void copy(byte[] to) {
    scan().copy(to);
  }

  void skip() {
    Scan at = scan();
    waiting = Math.max(0, waiting - Journal.cost(at.length()));
    at.skip();
    read++;
  }

  private Scan scan() {
    if (scan == null) {
      scan = new Scan(segments.getFirst(), new Frames());
    }
    return scan;
  }

  /** Goes on in the next file; what is damaged in this one is set aside, and told. */
  private void follow(Scan at, long tail) throws IOException {
    int next = segments.indexOf(at.segment()) + 1;
    boolean last = next == segments.size();
    long until = last ? tail : segments.get(next).first();
    if (at.end() != Scan.End.WHOLE) {
      String where = at.segment().path() + " is damaged at byte " + at.offset();
      Path copy = folder.setAside(at.segment());
      told.accept(where + "; a copy is in " + copy);
      at.segment().cut(at.offset());
      at.to(at.segment(), at.offset());
      cutLast = last;
    }
    if (read < until) {
      told.accept((until - read) + " records of " + folder.name() + " are lost");
    }
    read = until;
    if (!last) {
      at.to(segments.get(next), Frames.HEADER);
    }
  }

  /** Whether the last file was found damaged since this was asked last. */
  boolean hasCutLast() {
    boolean was = cutLast;
    cutLast = false;
    return was;
  }

  /** A file at the front is going to be deleted, all of which was read. */
  void leave(Segment old) {
    if (scan != null && scan.segment().equals(old)) {
      scan.to(segments.getFirst(), Frames.HEADER);
    }
  }

  /** There are no files any more. */
  void restart() {
    scan = null;
    waiting = 0;
  }
}
