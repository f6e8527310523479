package spyglass.unix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.constants.platform.Fcntl;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.LibraryLoader;

/** The chapter of the {@link Kernel} about files that stay open over execve, and about its copies of files. */
public final class KernelFiles {

  // From Linux's headers; the same on x86-64 and arm64.
  private static final int O_CLOEXEC = 0x80000;
  private static final int O_PATH = 0x200000;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int POSIX_FADV_DONTNEED = 4;

  // These differ from machine to machine.
  private static final int O_NOFOLLOW = OpenFlags.O_NOFOLLOW.intValue();
  private static final int O_DIRECTORY = OpenFlags.O_DIRECTORY.intValue();
  private static final int O_NONBLOCK = OpenFlags.O_NONBLOCK.intValue();
  private static final int MAKE =
      OpenFlags.O_CREAT.intValue()
          | OpenFlags.O_EXCL.intValue()
          | OpenFlags.O_NOCTTY.intValue()
          | O_CLOEXEC
          | O_NOFOLLOW;

  private final Kernel kernel;

  /** What jnr-posix has no word for. */
  public interface LibC {
    /** posix_fadvise(2). */
    int posix_fadvise(int descriptor, long offset, long length, int advice);
  }

  /** This chapter of a kernel. */
  public KernelFiles(Kernel kernel) {
    this.kernel = kernel;
  }

  /** The path by which the JDK can use an open file: a link of the kernel's to the very file (proc(5)). */
  public static Path path(int descriptor) {
    return Path.of("/proc/self/fd/" + descriptor);
  }

  /**
   * open(2) with O_PATH and O_NOFOLLOW: a descriptor that says which file is meant, even if that is a link
   * or a FIFO, and with which nothing is read or written, and nothing waited for.
   */
  public int hold(Path file) throws IOException {
    return open(file, O_PATH | O_NOFOLLOW, 0);
  }

  /** The same for what must be a folder. */
  int holdFolder(Path folder) throws IOException {
    return open(folder, O_PATH | O_NOFOLLOW | O_DIRECTORY, 0);
  }

  /** close(2). */
  public void close(int descriptor) throws IOException {
    kernel.close(descriptor);
  }

  /**
   * open(2) of a file to append to: O_APPEND has each write go to where the end is at that moment,
   * whoever else has written, or has cut the file to nothing. Made with mode 0640 if it is not there. A
   * terminal and /dev/null will do, too: only root can make a device, so nobody else has put it there.
   *
   * @throws Place.Unfit if it is anything else, such as a FIFO, which would have us wait for a reader
   */
  public int openToAppend(Place place) throws IOException {
    return open(place, OpenFlags.O_WRONLY.intValue() | OpenFlags.O_APPEND.intValue(), 0640);
  }

  /**
   * open(2) of a file for {@link #lock}. Made with mode 0644 if it is not there.
   *
   * @throws Place.Unfit if it is no file
   */
  public int openToLock(Place place) throws IOException {
    return open(place, OpenFlags.O_RDWR.intValue(), 0644);
  }

  /** What is there is looked at before it is opened, and it is what was looked at that is opened. */
  private int open(Place place, int flags, int mode) throws IOException {
    int made = kernel.posix.open(place.path().toString(), flags | MAKE, mode);
    if (made >= 0) {
      Files.setAttribute(path(made), "unix:mode", mode);
      return made;
    }
    if (kernel.posix.errno() != Errno.EEXIST.intValue()) {
      kernel.check("open", made);
    }
    int held = hold(place.path());
    try {
      check(held, place, flags);
      int opened = open(path(held), flags | O_NONBLOCK, 0);
      kernel.check("fcntl", kernel.posix.fcntlInt(opened, Fcntl.F_SETFL, flags));
      return opened;
    } finally {
      kernel.close(held);
    }
  }

  private static void check(int held, Place place, int flags) throws IOException {
    Access access = Access.ofOpen(held);
    boolean append = (flags & OpenFlags.O_APPEND.intValue()) != 0;
    if (!access.isFile() && !(append && access.isCharacterDevice())) {
      throw new Place.Unfit(access.kind());
    }
    int names = (int) Files.getAttribute(path(held), "unix:nlink");
    if (access.isFile() && names > 1 && !place.isOurs()) {
      throw new Place.Unfit("a file with other names (hard links) where others can make them");
    }
  }

  /**
   * fsync(2), then posix_fadvise(2) with POSIX_FADV_DONTNEED: a file is on the disk, and the kernel keeps
   * no copy that nobody has mapped. What was just written it keeps in pieces of up to 2 MB, and whoever
   * touches one byte has the whole piece in his memory; what it has read again lies there in pages.
   */
  public void settle(Path file) throws IOException {
    int descriptor = open(file, O_NOFOLLOW, 0);
    try {
      kernel.check("fsync", kernel.posix.fsync(descriptor));
      // Whether it follows the advice is up to the kernel.
      LibraryLoader.create(LibC.class)
          .load("c")
          .posix_fadvise(descriptor, 0, 0, POSIX_FADV_DONTNEED);
    } finally {
      kernel.close(descriptor);
    }
  }

  private int open(Path file, int flags, int mode) throws IOException {
    int more = OpenFlags.O_NOCTTY.intValue() | O_CLOEXEC;
    return kernel.check("open", kernel.posix.open(file.toString(), flags | more, mode));
  }

  /**
   * flock(2): takes a lock that belongs to this open file, and so lives as long as anybody has a
   * descriptor for it, over execve too. Nobody has to give it back, however the process ends. Does
   * not wait.
   *
   * @return whether we have it now
   */
  public boolean lock(int descriptor) throws IOException {
    int result = kernel.posix.flock(descriptor, LOCK_EX | LOCK_NB);
    if (result < 0 && kernel.posix.errno() == Errno.EWOULDBLOCK.intValue()) {
      return false;
    }
    kernel.check("flock", result);
    return true;
  }
}
