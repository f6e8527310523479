package spyglass.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much of a process is in memory, as {@code VmRSS} of /proc/PID/status has it (proc_pid_status(5)):
 * in kilobytes, where statm counts pages, whose size the JDK does not tell.
 */
public final class Resident {

  private static final String NAME = "VmRSS:";

  private Resident() {}

  /** In bytes; 0 for a process that is gone, or a zombie. */
  public static long of(long pid) {
    try {
      String status =
          Files.readString(Path.of("/proc/" + pid + "/status"), StandardCharsets.ISO_8859_1);
      int at = status.indexOf(NAME);
      if (at < 0) {
        return 0;
      }
      int end = status.indexOf("kB", at);
      return Long.parseLong(status.substring(at + NAME.length(), end).strip()) << 10;
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return 0;
    }
  }
}
