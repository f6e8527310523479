package spyglass.process;

import java.util.Map;

/**
 * Notices the end of the process that started this one.
 *
 * <p>A parent that is killed with SIGKILL cannot tell its children. But the kernel gives an orphan a
 * new parent at once, init or whoever called itself a subreaper, so a child that looks at its parent's
 * pid once a second knows within a second. (You will see it: kill -9 the parent, then look at the
 * fourth field of /proc/PID/stat.)
 */
public final class Parent {

  /**
   * The environment variable in which a parent tells its child who it is. A child that asked the
   * kernel instead could ask too late, when the parent is dead already and somebody else has taken
   * its place.
   */
  private static final String VARIABLE = "SPYGLASS_PARENT";

  private final long pid;

  private Parent(long pid) {
    this.pid = pid;
  }

  /** The parent's side: names this process in what its child will inherit. */
  public static void tell(Map<String, String> environment) {
    environment.put(VARIABLE, Long.toString(ProcessHandle.current().pid()));
  }

  /** The child's side: the parent that started this process. */
  public static Parent told() {
    String pid = System.getenv(VARIABLE);
    if (pid == null) {
      throw new IllegalStateException(VARIABLE + " is not set: start this with spyglass");
    }
    return new Parent(Long.parseLong(pid));
  }

  /** Whether this process is an orphan. Costs one look into /proc. */
  public boolean isGone() {
    return ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(0L) != pid;
  }
}
