package spyglass.process;

import java.io.File;
import org.slf4j.Logger;

/**
 * What a JVM writes when it crashes, {@code hs_err_pidN.log}: into its working folder, which is ours as
 * well, or where that cannot be written, into /tmp; never into a file that is there already. It names the
 * place on descriptor 1, and in a child of ours that is a pipe to its parent: so the parent says it.
 */
public final class CrashReport {

  private CrashReport() {}

  /**
   * Says in the log where it is, if there is one.
   *
   * @param who the process, in the log
   * @param status as {@link Process#waitFor} tells it
   */
  public static void tell(Logger log, String who, long pid, int status) {
    if (!Exit.bySignal(status)) {
      return;
    }
    for (String folder : new String[] {System.getProperty("user.dir", ""), "/tmp"}) {
      File report = new File(folder, "hs_err_pid" + pid + ".log");
      if (report.exists()) {
        log.warn("{} {} has crashed: see {}", who, pid, report.getPath());
        return;
      }
    }
  }
}
