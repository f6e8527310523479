package spyglass.unix;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jnr.constants.platform.Fcntl;
import jnr.posix.POSIX;
import jnr.posix.POSIXFactory;

/**
 * The kernel, as far as we talk to it directly. Every binding of ours to a native function is in this
 * file; each method is one system call and names its page in section 2 of the manual.
 */
public final class Kernel {

  private static final int CLOSE_ON_EXEC = 1;

  private final POSIX posix = POSIXFactory.getPOSIX();

  /** Loads the native library: some hundred milliseconds and some ten megabytes. */
  public Kernel() {}

  /**
   * dup2(2): makes {@code to} another name for the open file behind {@code from}. Whatever {@code to}
   * was before is closed.
   */
  public void dup2(int from, int to) throws IOException {
    check("dup2", posix.dup2(from, to));
  }

  /**
   * fcntl(2) with F_SETFD: the kernel will close these descriptors at the next execve. Every
   * descriptor above 2 is meant, and the JVM has many: its jars, its libraries, its selectors. All
   * would otherwise live on in the next program, which knows nothing of them. (You will see them with
   * {@code ls -l /proc/PID/fd}.)
   */
  public void closeOnExecAbove2() throws IOException {
    File[] open = new File("/proc/self/fd").listFiles();
    if (open == null) {
      throw new IOException("cannot list /proc/self/fd: is /proc mounted?");
    }
    for (File entry : open) {
      int descriptor = Integer.parseInt(entry.getName());
      if (descriptor > 2) {
        // The one that was open only to list the folder is gone by now, so a failure means nothing.
        posix.fcntlInt(descriptor, Fcntl.F_SETFD, CLOSE_ON_EXEC);
      }
    }
  }

  /**
   * execve(2): replaces the program in this process by another. Pid, parent, working folder, the
   * environment and the
   * descriptors that are not close-on-exec stay; memory, threads and signal handlers go. Returns only
   * when it has failed.
   */
  public void execve(List<String> command) throws IOException {
    // Not System.getenv(), which has been through the locale's character set and lost what that has
    // not: under LANG=C every umlaut.
    byte[] environ = Files.readAllBytes(Path.of("/proc/self/environ"));
    String[] variables = new String(environ, StandardCharsets.UTF_8).split("\0", 0);
    check("execve", posix.execve(command.getFirst(), command.toArray(new String[0]), variables));
  }

  /**
   * umask(2): the permissions that files made from now on do not get, whatever is asked for. It is the
   * whole process's.
   *
   * @return what it was before
   */
  public int umask(int mask) {
    return posix.umask(mask);
  }

  private void check(String call, int result) throws IOException {
    if (result < 0) {
      throw new IOException(call + " failed: " + posix.strerror(posix.errno()));
    }
  }
}
