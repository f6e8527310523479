package spyglass.unix;

import java.io.IOException;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;
import jnr.ffi.LibraryLoader;

/** The chapter of the {@link Kernel} about files that stay open over execve, and about its copies of files. */
public final class KernelFiles {

  // From Linux's headers; the same on x86-64 and arm64.
  private static final int O_CLOEXEC = 0x80000;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;
  private static final int POSIX_FADV_DONTNEED = 4;

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

  /**
   * open(2) of a file to append to: O_APPEND has each write go to where the end is at that moment,
   * whoever else has written, or has cut the file to nothing. Made with mode 0640 if it is not there.
   */
  public int openToAppend(Path file) throws IOException {
    return open(file, OpenFlags.O_WRONLY.intValue() | OpenFlags.O_APPEND.intValue(), 0640);
  }

  /** open(2) of a file for {@link #lock}. Made with mode 0644 if it is not there. */
  public int openToLock(Path file) throws IOException {
    return open(file, OpenFlags.O_RDWR.intValue(), 0644);
  }

  /**
   * fsync(2), then posix_fadvise(2) with POSIX_FADV_DONTNEED: a file is on the disk, and the kernel keeps
   * no copy that nobody has mapped. What was just written it keeps in pieces of up to 2 MB, and whoever
   * touches one byte has the whole piece in his memory; what it has read again lies there in pages.
   */
  public void settle(Path file) throws IOException {
    int descriptor = open(file, OpenFlags.O_RDONLY.intValue(), 0);
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
    int more = OpenFlags.O_CREAT.intValue() | OpenFlags.O_NOCTTY.intValue() | O_CLOEXEC;
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
