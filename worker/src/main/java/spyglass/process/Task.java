package spyglass.process;

import java.io.FileInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * A thread as the kernel knows it. The JDK calls a thread runnable that waits in a system call, or in
 * an app's native code; the kernel knows better, and says so in /proc (proc_pid_stat(5)).
 *
 * @param id the kernel's, 0 when it is not known
 */
public record Task(long id) {

  /** One of which nobody knows anything. */
  public static final Task UNKNOWN = new Task(0);

  /** The caller's, or {@link #UNKNOWN} where there is no /proc. */
  public static Task current() {
    String stat = read("/proc/thread-self/stat");
    int blank = stat.indexOf(' ');
    return blank < 0 ? UNKNOWN : new Task(Long.parseLong(stat.substring(0, blank)));
  }

  /** Whether it runs, or would if there were a processor for it; false where that is not known. */
  public boolean isRunnable() {
    String stat = id == 0 ? "" : read("/proc/self/task/" + id + "/stat");
    // "123 (loop-1) R ...": what stands in the brackets may hold brackets itself.
    return stat.startsWith(" R", stat.lastIndexOf(')') + 1);
  }

  private static String read(String file) {
    try (FileInputStream in = new FileInputStream(file)) {
      return new String(in.readNBytes(128), StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      return "";
    }
  }
}
