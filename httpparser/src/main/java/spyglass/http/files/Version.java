package spyglass.http.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import spyglass.http.Body;
import spyglass.http.Headers;
import spyglass.http.Response;

/**
 * What tells one state of a file from another (RFC 9110 section 8.8).
 *
 * <p>The time of a file's content proves little: {@code touch}, {@code cp -p}, {@code tar} and
 * {@code rsync} set it to what they like. The change time (ctime, inode(7)) can be set by nobody:
 * the kernel writes it at each write, rename and chmod. So the tag is made of the inode, which tells
 * apart two files that one link has pointed to, and of change time, content time and size. A date in
 * a field has only the content time and only its seconds, so it never vouches for bytes.
 *
 * @param tag the entity tag as it is sent, if the state has one
 * @param modified the time of the content in whole seconds, as fields have it, if it is told
 */
record Version(Optional<String> tag, Optional<Instant> modified) {

  /** Nothing is known, so nothing that a client has is this. */
  static final Version UNKNOWN = new Version(Optional.empty(), Optional.empty());

  /** Longer than a tick of any file system's clock. */
  private static final Duration TICK = Duration.ofSeconds(2);

  /** What the app itself says of its answer; only if it says nothing, what its file tells. */
  static Version of(Response response, Body.File file, Instant now) throws IOException {
    Headers told = response.headers();
    if (!told.has("ETag") && !told.has("Last-Modified")) {
      return of(file, now);
    }
    Optional<Instant> modified =
        told.first("Last-Modified").flatMap(date -> HttpDate.read(date, now));
    return new Version(told.first("ETag"), modified);
  }

  /** All facts are of one call of stat(2), so they are of one state. */
  private static Version of(Body.File file, Instant now) throws IOException {
    boolean unix = file.path().getFileSystem().supportedFileAttributeViews().contains("unix");
    String wanted = "lastModifiedTime,size";
    Map<String, Object> facts =
        Files.readAttributes(file.path(), unix ? "unix:ino,ctime," + wanted : wanted);
    return file.offset() == 0
            && facts.get("size") instanceof Long size
            && size == file.length()
            && facts.get("lastModifiedTime") instanceof FileTime modified
        ? of(facts, modified.toInstant(), size, now)
        : UNKNOWN;
  }

  private static Version of(Map<String, Object> facts, Instant modified, long size, Instant now) {
    return facts.get("ino") instanceof Long inode && facts.get("ctime") instanceof FileTime changed
        ? of(inode, changed.toInstant(), modified, size, now)
        : of(0, modified.truncatedTo(ChronoUnit.SECONDS), modified, size, now);
  }

  /**
   * A file that has just changed has no validator: a second change within the same tick would look
   * like no change for ever. A change time in whole seconds is not the kernel's but was stored, in
   * an image (squashfs), an archive or a FAT: then the next image may have it, too, and the tag is
   * weak, so that no client joins bytes of both.
   */
  static Version of(long inode, Instant changed, Instant modified, long size, Instant now) {
    if (!changed.plus(TICK).isBefore(now)) {
      return UNKNOWN;
    }
    String opaque = String.format("\"%x-%s-%s-%x\"", inode, nanos(changed), nanos(modified), size);
    // A date in the future would say that the file is newer than this very answer.
    Instant told = modified.isAfter(now) ? now : modified;
    boolean stored = changed.equals(changed.truncatedTo(ChronoUnit.SECONDS));
    return new Version(
        Optional.of(stored ? "W/" + opaque : opaque),
        Optional.of(told.truncatedTo(ChronoUnit.SECONDS)));
  }

  private static String nanos(Instant time) {
    return String.format("%x.%x", time.getEpochSecond(), time.getNano());
  }

  /** The fields with what lets a client ask for changes only. */
  Headers describe(Headers fields) {
    Headers described = fields;
    if (tag.isPresent()) {
      described = described.set("ETag", tag.get());
    }
    return modified.isPresent()
        ? described.set("Last-Modified", HttpDate.write(modified.get()))
        : described;
  }
}
