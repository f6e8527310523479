package spyglass.unix;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * A path, and how far its names are firm: a name is firm if nobody but root and we can make it mean
 * something else. A file may be root's and closed to all others; in a folder where somebody else can write
 * it can be renamed all the same, and another put in its place. So each folder counts, from the root on,
 * and links are followed one by one, in firm folders only. What is firm cannot change between
 * a look at it and its use, so it can be used by its path.
 *
 * @param user who "we" are
 * @param firm the path as far as it is firm, without links
 * @param access whose that is
 * @param rest the names after it: the first is not there, or is not firm
 */
public record Ground(int user, Path firm, Access access, List<String> rest) {

  private static final Path ROOT = Path.of("/");

  /** As many as the kernel follows (path_resolution(7)). */
  private static final int MOST_LINKS = 40;

  private static final FileAttribute<?> PRIVATE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  /** Looks at each name of a path. */
  public static Ground of(Path path) throws IOException {
    return of(path, Access.ourselves());
  }

  /** The same for another user. */
  static Ground of(Path path, int user) throws IOException {
    Deque<String> names = new ArrayDeque<>();
    path.toAbsolutePath().forEach(name -> names.add(name.toString()));
    Path firm = ROOT;
    Access access = Access.of(ROOT);
    int links = 0;
    while (!names.isEmpty() && access.keepsWhatIsOf(user)) {
      // What is firm has no links, so what stands before a ".." is what that leads back to.
      Path next = firm.resolve(names.getFirst()).normalize();
      Access found;
      try {
        found = Access.of(next);
      } catch (NoSuchFileException e) {
        break;
      }
      if (!access.isTrustedBy(user) && !found.isOfRootOr(user)) {
        break;
      }
      names.removeFirst();
      if (!found.isLink()) {
        firm = next;
      } else if (++links > MOST_LINKS) {
        throw new FileSystemLoopException(path.toString());
      } else {
        firm = follow(next, names);
      }
      access = Access.of(firm);
    }
    return new Ground(user, firm, access, List.copyOf(names));
  }

  /** Puts the names of a link's target before those that are left; they begin in the folder returned. */
  private static Path follow(Path link, Deque<String> names) throws IOException {
    Path target = Files.readSymbolicLink(link);
    for (int i = target.getNameCount() - 1; i >= 0; i--) {
      names.addFirst(target.getName(i).toString());
    }
    return target.isAbsolute() ? ROOT : link.resolveSibling(".").normalize();
  }

  /**
   * Looks at a path and makes what is missing of it, as folders into which all may look and only we may
   * write, whatever the umask. Nothing is made where it would not stay.
   */
  public static Ground make(Path path) throws IOException {
    Ground ground = of(path);
    while (!ground.rest.isEmpty() && ground.access.keepsWhatIsOf(ground.user)) {
      Path next = ground.firm.resolve(ground.rest.getFirst());
      try {
        Files.createDirectory(next, PRIVATE);
        Files.setPosixFilePermissions(next, OPEN);
      } catch (FileAlreadyExistsException e) {
        // Another start of ours was quicker, or it is a stranger's.
      }
      Ground further = of(path);
      if (further.rest.size() == ground.rest.size()) {
        return further;
      }
      ground = further;
    }
    return ground;
  }

  /** Whether it is there, and {@link #isTrusted() so}. */
  public static boolean isTrusted(Path path) {
    try {
      return of(path).isTrusted();
    } catch (IOException e) {
      return false;
    }
  }

  /** Whether all of it is firm, and nobody but root and we can write to what is there. */
  public boolean isTrusted() {
    return rest.isEmpty() && access.isTrustedBy(user);
  }
}
