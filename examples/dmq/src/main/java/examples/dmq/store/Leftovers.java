package examples.dmq.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What an earlier node has left, and what else lies there. */
public final class Leftovers {

  private Leftovers() {}

  /**
   * The names of the queues that have a folder. What was about to be deleted is.
   *
   * @param told hears of what is no queue's folder and stays as it is, one line each
   */
  public static List<String> queues(Path root, Consumer<String> told) throws IOException {
    Files.createDirectories(root);
    List<String> queues = new ArrayList<>();
    try (Opened folder = Opened.of(root)) {
      for (String name : folder.names()) {
        if (name.startsWith(Folder.REMOVED)) {
          delete(folder, root, name, told);
        } else if (!name.startsWith(".")) {
          queues.add(name);
        }
      }
      queues.removeIf(name -> isStrange(root, name, told));
    }
    return queues;
  }

  private static void delete(Opened folder, Path root, String name, Consumer<String> told) {
    try {
      folder.deleteFolder(name);
    } catch (IOException e) {
      told.accept(root.resolve(name) + " cannot be deleted, and stays: " + e);
    }
  }

  private static boolean isStrange(Path root, String name, Consumer<String> told) {
    boolean is = isTaken(root, name);
    if (is) {
      told.accept(root.resolve(name) + " is no queue's folder, and is left alone: move it away");
    }
    return is;
  }

  /** Whether something that is no folder, a link perhaps, has a queue's place. */
  public static boolean isTaken(Path root, String name) {
    Path path = root.resolve(name);
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS)
        && !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
  }
}
