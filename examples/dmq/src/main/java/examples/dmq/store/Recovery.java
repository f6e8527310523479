package examples.dmq.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Looks at the files of a queue that somebody has left. Only the last one is gone through, for that is
 * the one that may be torn, and it has the last word about the head. The others are checked when they are
 * read: a node with a gigabyte on disk need not read it before it answers.
 */
final class Recovery {

  private final Folder folder;
  private final Frames frames;
  private final Consumer<String> told;
  private final List<Segment> segments = new ArrayList<>();
  private long head;
  private long end;

  Recovery(Folder folder, Frames frames, Consumer<String> told) throws IOException {
    this.folder = folder;
    this.frames = frames;
    this.told = told;
    for (long first : folder.files(told)) {
      segments.add(Segment.open(folder, first));
    }
    for (Segment segment : List.copyOf(segments)) {
      checkHeader(segment);
    }
    if (!segments.isEmpty()) {
      last(segments.getLast());
      head = Math.max(head, segments.getFirst().first());
    }
  }

  private void checkHeader(Segment segment) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Frames.HEADER);
    segment.read(header, 0);
    header.flip();
    if (frames.isHeader(header) && Frames.first(header) == segment.first()) {
      return;
    }
    segments.remove(segment);
    if (segment.size() < Frames.HEADER) {
      // Whoever began it was ended before there was anything in it.
      segment.delete();
      return;
    }
    Scan scan = new Scan(segment, frames);
    scan.to(segment, 0);
    head = Math.max(head, scan.headBehind());
    Path copy = folder.setAside(segment);
    told.accept(segment.path() + " has a damaged header: it is now " + copy);
    segment.delete();
  }

  private void last(Segment segment) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Frames.HEADER);
    segment.read(header, 0);
    long last = Frames.head(header.flip());
    end = segment.first();
    Scan scan = new Scan(segment, frames);
    while (scan.look()) {
      if (scan.isHead()) {
        last = scan.head();
      } else {
        end++;
      }
      scan.skip();
    }
    if (scan.end() != Scan.End.WHOLE) {
      last = Math.max(last, damaged(segment, scan));
    }
    head = Math.max(head, last);
  }

  private long damaged(Segment segment, Scan scan) throws IOException {
    long offset = scan.offset();
    long behind = scan.headBehind();
    Path copy = folder.setAside(segment);
    told.accept(
        segment.path()
            + (scan.end() == Scan.End.TORN ? " ends in the middle of a frame" : " is damaged")
            + (" at byte " + offset + ": what follows is lost, but for a copy in " + copy));
    segment.cut(offset);
    return behind;
  }

  /** Those that can be used, in their order. */
  List<Segment> segments() {
    return segments;
  }

  /** Number of the first record that was not handed out. */
  long head() {
    return head;
  }

  /** Number behind the last record. */
  long end() {
    return end;
  }
}
