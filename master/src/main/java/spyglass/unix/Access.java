package spyglass.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whose a file is and what others may do with it, as lstat(2) tells: of a link, not of what it points to.
 *
 * @param uid its owner
 * @param gid its group
 * @param mode its kind and permissions (inode(7))
 */
public record Access(int uid, int gid, int mode) {

  private static final int KIND = 0170000;
  private static final int FOLDER = 0040000;
  private static final int FILE = 0100000;
  private static final int LINK = 0120000;
  private static final int SOCKET = 0140000;
  private static final int FIFO = 0010000;
  private static final int CHARACTER_DEVICE = 0020000;
  private static final int STICKY = 0001000;
  private static final int OTHERS = 0077;
  private static final int GROUP_WRITES = 0020;
  private static final int ALL_WRITE = 0002;
  private static final int ROOT = 0;

  /** That of a file. */
  public static Access of(Path file) throws IOException {
    return new Access(
        (int) Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS),
        (int) Files.getAttribute(file, "unix:gid", LinkOption.NOFOLLOW_LINKS),
        (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS));
  }

  /** That of what is open, fstat(2). */
  public static Access ofOpen(int descriptor) throws IOException {
    Path open = KernelFiles.path(descriptor);
    return new Access(
        (int) Files.getAttribute(open, "unix:uid"),
        (int) Files.getAttribute(open, "unix:gid"),
        (int) Files.getAttribute(open, "unix:mode"));
  }

  /** Who we are, as long as /proc is ours to look into. */
  public static int ourselves() throws IOException {
    return (int) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
  }

  /** Whether it is a folder. */
  public boolean isFolder() {
    return (mode & KIND) == FOLDER;
  }

  /** Whether it is a socket. */
  public boolean isSocket() {
    return (mode & KIND) == SOCKET;
  }

  boolean isLink() {
    return (mode & KIND) == LINK;
  }

  boolean isFile() {
    return (mode & KIND) == FILE;
  }

  boolean isCharacterDevice() {
    return (mode & KIND) == CHARACTER_DEVICE;
  }

  /** What it is, with its article. */
  String kind() {
    return switch (mode & KIND) {
      case FILE -> "a file";
      case FOLDER -> "a folder";
      case LINK -> "a link";
      case SOCKET -> "a socket";
      case FIFO -> "a FIFO";
      default -> "a device";
    };
  }

  /** Whether that user owns it. */
  public boolean isOf(int owner) {
    return uid == owner;
  }

  /** Whether only its owner may so much as look into it. */
  public boolean isPrivate() {
    return (mode & OTHERS) == 0;
  }

  /** Whether all that is in it was put there by that one, or by root. */
  public boolean isTrustedBy(int user) {
    return isOfRootOr(user) && (mode & ALL_WRITE) == 0 && !isOpenToAGroup();
  }

  /**
   * Whether what that one puts into it stays there: in a sticky folder, such as /tmp, everybody can make
   * files, and nobody can rename or remove those of others (inode(7)).
   */
  boolean keepsWhatIsOf(int user) {
    return isTrustedBy(user) || (isOfRootOr(user) && (mode & STICKY) != 0);
  }

  boolean isOfRootOr(int user) {
    return isOf(user) || isOf(ROOT);
  }

  /**
   * A user's own group, which by custom has the user's number, has nobody else in it: where the usual
   * umask is 002, all folders of a home are open to that one. Root has no such group.
   */
  private boolean isOpenToAGroup() {
    return (mode & GROUP_WRITES) != 0 && (gid != uid || isOf(ROOT));
  }
}
