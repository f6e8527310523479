package spyglass.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The name under which {@code ps}, {@code pgrep} and {@code pstree} show this process.
 *
 * <p>All of ours run the same program, {@code java}, so without this the tree would be three times
 * the same word. The kernel keeps a name of at most 15 bytes for each thread; a process goes by that
 * of its first thread, and /proc/self/comm is that one's (proc_pid_comm(5)). See for yourself:
 * {@code cat /proc/PID/comm}.
 */
public final class ProcessName {

  private ProcessName() {}

  /**
   * Renames this process.
   *
   * @param name at most 15 characters; the kernel cuts off the rest
   */
  public static void set(String name) {
    try (var comm = new FileOutputStream("/proc/self/comm")) {
      comm.write(name.getBytes(StandardCharsets.US_ASCII));
    } catch (IOException e) {
      // A system without /proc shows three javas. That is a pity and nothing more.
    }
  }
}
