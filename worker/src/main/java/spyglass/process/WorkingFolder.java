package spyglass.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;

/**
 * The folder that all of a server's processes are in. It may be removed while the server sleeps; those
 * that are there stay in it, but a new JVM does not start in a folder that has no name (getcwd(2)).
 */
public final class WorkingFolder {

  private static final Path OURS = Path.of("/proc/self/cwd");

  /** How the kernel names what was removed (proc(5)). */
  private static final String REMOVED = " (deleted)";

  private WorkingFolder() {}

  /**
   * Has a process start elsewhere if ours was removed: in the one that has its name by now, or else in the
   * root. Costs one look into /proc; where that fails, all stays as it is.
   */
  public static void ensure(ProcessBuilder child, Logger log) {
    try {
      String name = Files.readSymbolicLink(OURS).toString();
      if (name.endsWith(REMOVED) && !new File(name).exists()) {
        File again = new File(name.substring(0, name.length() - REMOVED.length()));
        child.directory(again.isDirectory() ? again : new File("/"));
        log.warn("the working folder was removed: {} is the next one's", child.directory());
      }
    } catch (IOException e) {
      // What starts will say what it lacks.
    }
  }
}
