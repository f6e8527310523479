package spyglass.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

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

  /** The same for a server that is to live as long as the program that starts it. */
  public static final String STARTER = "SPYGLASS_STARTER";

  private final long pid;
  private final RandomAccessFile stat;

  private Parent(long pid, RandomAccessFile stat) {
    this.pid = pid;
    this.stat = stat;
  }

  /** The parent's side: names this process in what its child will inherit. */
  public static void tell(Map<String, String> environment) {
    environment.put(VARIABLE, Long.toString(ProcessHandle.current().pid()));
  }

  /** The starter's side: names this process to a server that is to live as long as it does. */
  public static void tellStarter(Map<String, String> environment) {
    environment.put(STARTER, Long.toString(ProcessHandle.current().pid()));
  }

  /** The server's side: the pid of its starter or else of its parent, if it has one still. */
  public static Optional<String> starter() {
    return Optional.ofNullable(System.getenv(STARTER))
        .or(() -> ProcessHandle.current().parent().map(parent -> Long.toString(parent.pid())));
  }

  /** The child's side: the parent that started this process. */
  public static Parent told() throws IOException {
    String pid = System.getenv(VARIABLE);
    if (pid == null) {
      throw new IllegalStateException(VARIABLE + " is not set: start this with spyglass");
    }
    return of(Long.parseLong(pid));
  }

  /** The parent with this pid; if it is not the parent of this process, it counts as gone. */
  public static Parent of(long pid) throws IOException {
    // Opened once and kept: a process with all its descriptors in use could not open it any more,
    // and must not take that for the death of its parent.
    return new Parent(pid, new RandomAccessFile("/proc/self/stat", "r"));
  }

  /** Whether this process is an orphan. Costs one look into /proc; not to know is to say no. Any thread. */
  public synchronized boolean isGone() {
    byte[] line = new byte[512];
    try {
      stat.seek(0);
      int length = stat.read(line);
      String text = new String(line, 0, Math.max(0, length), StandardCharsets.ISO_8859_1);
      // "pid (name) S ppid ...": the name may hold anything, blanks and parentheses too, and the
      // state is one letter.
      int from = text.lastIndexOf(')') + 4;
      return Long.parseLong(text, from, text.indexOf(' ', from), 10) != pid;
    } catch (IOException | IndexOutOfBoundsException | NumberFormatException e) {
      return false;
    }
  }
}
