package spyglass.lookout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import spyglass.config.Configuration;
import spyglass.config.Misuse;
import spyglass.unix.Kernel;
import spyglass.unix.KernelFiles;

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
    if (Files.exists(path.get(), LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(path.get(), LinkOption.NOFOLLOW_LINKS)) {
      throw new Misuse(given + " is a link, or no plain file: name a file that is one");
    }
    Optional<PidFile> taken = Optional.empty();
    while (taken.isEmpty()) {
      taken = take(path.get(), given, kernel);
    }
    return taken;
  }

  private static Optional<PidFile> take(Path path, String given, Kernel kernel)
      throws Misuse, IOException {
    KernelFiles files = new KernelFiles(kernel);
    int descriptor;
    try {
      descriptor = files.openToLock(path);
    } catch (IOException e) {
      throw new Misuse(given + " cannot be made (" + e.getMessage() + "): choose another place");
    }
    if (!files.lock(descriptor)) {
      throw new Misuse(
          (given + " is held by pid " + Files.readString(path).strip())
              + ": a server runs with it: end that, or choose another file");
    }
    try {
      String inode = OwnFile.inode(Path.of("/proc/self/fd/" + descriptor));
      OwnFile file = OwnFile.at(OwnFile.PID, path);
      if (file.inode().equals(inode)) {
        write(path, given);
        return Optional.of(new PidFile(file, descriptor));
      }
    } catch (NoSuchFileException e) {
      // As below.
    }
    // A server has removed it at its end, between our opening it and our lock: that is a lock on a
    // file that nobody will find.
    kernel.close(descriptor);
    return Optional.empty();
  }

  /** Not over something that is no pid: somebody may have named the wrong file. */
  private static void write(Path path, String given) throws Misuse, IOException {
    boolean isPid =
        Files.size(path) <= LONGEST
            && Files.readString(path, StandardCharsets.ISO_8859_1).matches("[0-9]*\\s*");
    if (!isPid) {
      throw new Misuse(given + " holds something else than a pid: choose another file");
    }
    Files.writeString(path, ProcessHandle.current().pid() + "\n");
  }
}
