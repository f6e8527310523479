package spyglass.process;

import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The pipe from a child to its parent: descriptor 3 of the child, while its 1 is the log, like 2.
 *
 * <p>{@link ProcessBuilder} can make a pipe of 0, 1 and 2 only. But 1 is where all the world prints: the
 * JVM itself, an agent before main (JAVA_TOOL_OPTIONS), a program that the app starts. Whatever they print
 * would be read as news by the parent. So a shell moves the pipe and then becomes the child by exec, which
 * keeps the pid.
 */
public final class ParentPipe {

  private static final Path PATH = Path.of("/proc/self/fd/3");

  private ParentPipe() {}

  /** The parent's side: the command to give to a {@code ProcessBuilder} that makes a pipe of 1. */
  public static List<String> before(List<String> command) {
    List<String> all = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" 3>&1 >&2", "sh"));
    all.addAll(command);
    return all;
  }

  /**
   * The child's side: the same pipe under a number that no program of an app's inherits. Java has no word
   * for descriptor 3 itself, which stays open as long as this process lives.
   *
   * @throws IOException if 3 is no pipe: a JVM that nobody has started as above has a file of its own
   *     there, the JDK's classes, and to write to that would be the end of the JDK
   */
  public static FileOutputStream open() throws IOException {
    String target = Files.readSymbolicLink(PATH).toString();
    if (!target.startsWith("pipe:")) {
      throw new IOException("descriptor 3 is no pipe to a parent but " + target);
    }
    // To append is not to cut off: what this opens is never emptied, whatever it is by now.
    return new FileOutputStream(PATH.toFile(), true);
  }
}
