package spyglass.unix;

import java.io.IOException;
import java.nio.file.Path;
import jnr.constants.platform.Errno;
import jnr.constants.platform.OpenFlags;

/** The chapter of the {@link Kernel} about files that are opened once and stay open over execve. */
public final class KernelFiles {

  // From Linux's headers; the same on x86-64 and arm64.
  private static final int O_CLOEXEC = 0x80000;
  private static final int LOCK_EX = 2;
  private static final int LOCK_NB = 4;

  private final Kernel kernel;

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
