package spyglass.lookout;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whose a file is and what others may do with it, as lstat(2) tells: of a link, not of what it points to.
 *
 * @param uid its owner
 * @param mode its kind and permissions (inode(7))
 */
record Access(int uid, int mode) {

  private static final int KIND = 0170000;
  private static final int FOLDER = 040000;
  private static final int OTHERS = 077;
  private static final int OTHERS_WRITE = 022;
  private static final int ROOT = 0;

  static Access of(Path file) throws IOException {
    return new Access(
        (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS),
        (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS));
  }

  /** Who we are, as long as /proc is ours to look into. */
  static int ourselves() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  boolean isFolder() {
    return (mode & KIND) == FOLDER;
  }

  boolean isOf(int owner) {
    return uid == owner;
  }

  /** Whether only its owner may so much as look into it. */
  boolean isPrivate() {
    return (mode & OTHERS) == 0;
  }

  /** Whether all that is in it was put there by that one, or by root. */
  boolean isTrustedBy(int user) {
    return (isOf(user) || isOf(ROOT)) && (mode & OTHERS_WRITE) == 0;
  }
}
