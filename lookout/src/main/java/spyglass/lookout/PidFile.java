package spyglass.lookout;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;
import spyglass.unix.Place;

/**
 * {@code --pid-file}: the file, which says who runs, and a lock on it, which says whether he still does.
 * A pid in a file proves nothing, since its process may be gone and the number somebody else's by now.
 * The lock goes with the last descriptor of the open file, and that is the lookout's: it stays open over
 * execve, no child gets it, and kill -9 takes it too. (You will see it with {@code cat /proc/locks}.)
 *
 * @param file what to remove at the end
 * @param descriptor what to leave open until then
 */
record PidFile(OwnFile file, int descriptor) {

  /** Longer than any pid with its line end. */
  private static final int LONGEST = 20;

  /** Locks the file and writes this process's pid there, in place of one that is gone. */
  static Optional<PidFile> take(Configuration options, Kernel kernel) throws Misuse, IOException {
    Optional<Path> path = options.paths("pid-file").stream().findFirst();
    if (path.isEmpty()) {
      return Optional.empty();
    }
    String given = options.said("pid-file").culprit();
    Optional<PidFile> taken = Optional.empty();
    while (taken.isEmpty()) {
      taken = take(path.get(), given, kernel);
    }
    return taken;
  }

  /** It is opened once. What is checked, read and written is the open file, whatever its name is then. */
  private static Optional<PidFile> take(Path path, String given, Kernel kernel)
      throws Misuse, IOException {
    KernelFiles files = new KernelFiles(kernel);
    try (Place place = Place.of(path, kernel)) {
      int descriptor = files.openToLock(place);
      Path open = KernelFiles.path(descriptor);
      if (!files.lock(descriptor)) {
        throw new Misuse(
            (given + " is held by pid " + read(open, given))
                + ": a server runs with it: end that, or choose another file");
      }
      String inode = OwnFile.inode(open);
      if (isStill(inode, place)) {
        read(open, given);
        String pid = ProcessHandle.current().pid() + "\n";
        // Without O_CREAT, which the kernel may refuse in /tmp: it is there.
        Files.writeString(
            open, pid, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        OwnFile file = new OwnFile(OwnFile.PID, path.toAbsolutePath(), inode);
        return Optional.of(new PidFile(file, descriptor));
      }
      kernel.close(descriptor);
    } catch (Place.Unfit e) {
      throw new Misuse(given + " is " + e.getMessage() + ": name a file that is for nothing else");
    } catch (IOException e) {
      throw new Misuse(given + " cannot be made (" + e.getMessage() + "): choose another place");
    }
    // A server has removed it at its end, between our opening it and our lock: that is a lock on a
    // file that nobody will find.
    return Optional.empty();
  }

  private static boolean isStill(String inode, Place place) throws IOException {
    try {
      return inode.equals(OwnFile.inode(place.path(), LinkOption.NOFOLLOW_LINKS));
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Something that is no pid stays as it is: somebody may have named the wrong file. */
  private static String read(Path open, String given) throws Misuse, IOException {
    try (InputStream in = Files.newInputStream(open)) {
      String pid = new String(in.readNBytes(LONGEST + 1), StandardCharsets.ISO_8859_1);
      if (pid.length() > LONGEST || !pid.matches("[0-9]*\\s*")) {
        throw new Misuse(given + " holds something else than a pid: choose another file");
      }
      return pid.strip();
    }
  }
}
