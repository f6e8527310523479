package spyglass.process;

import java.io.File;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The files that a JVM is started from: its JDK and the jars of its class path. They may go or change while
 * those that were started from them go on, so they are looked at before one more is started. (This runs in
 * a lookout, too, and is written without lambdas.)
 */
public final class Footing {

  private static final String CLASS_PATH = "-cp";

  private Footing() {}

  /**
   * Looks whether all is there: a look at a few names, which opens no file.
   *
   * @param command what is to be started; one without {@code -cp} is no JVM of ours, and needs nothing
   * @throws FileNotFoundException if not: its message is for people, and says what is gone and what to do
   */
  public static void check(List<String> command) throws FileNotFoundException {
    if (!command.contains(CLASS_PATH)) {
      return;
    }
    String java = command.getFirst();
    List<String> files = files(command);
    if (!new File(java).exists() || !new File(files.getFirst()).exists()) {
      Path home = Path.of(java).resolveSibling("..").normalize();
      throw new FileNotFoundException(
          "the JDK at " + home + " is gone: put it back, or restart with another");
    }
    for (String file : files) {
      if (!new File(file).exists()) {
        throw new FileNotFoundException(file + " is gone: put it back, or restart without it");
      }
    }
  }

  /** The files of a command: first the JDK's, with all its classes, and then the jars. */
  public static List<String> files(List<String> command) {
    List<String> files = new ArrayList<>();
    Path bin = Path.of(command.getFirst()).getParent();
    files.add(bin == null ? "" : bin.resolveSibling("lib").resolve("modules").toString());
    String classPath = command.get(command.indexOf(CLASS_PATH) + 1);
    int from = 0;
    while (from <= classPath.length()) {
      int to = classPath.indexOf(File.pathSeparatorChar, from);
      to = to < 0 ? classPath.length() : to;
      files.add(classPath.substring(from, to));
      from = to + 1;
    }
    return files;
  }
}
